import { Box, Button, Checkbox, Flex, IconButton, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { useField } from '@strapi/strapi/admin';
import {
  businessEventLimits,
  contentActions,
  type BusinessEventClause,
  type BusinessEventSubject,
} from '../../../../contracts';
import { useChoicesOfType } from '../../conditions/api';
import { ConditionWords } from '../../conditions/ConditionSentence';
import { ConditionTree } from '../../conditions/ConditionTree';
import { editable } from '../../conditions/groups';
import { useText } from '../../text/useText';
import { Rule } from '../../ui/RuledLine';
import { TintedBox } from '../../ui/TintedBox';
import { useBusinessEventForm } from './useBusinessEventForm';
import { useSubjects } from './useSubjects';

/** When it occurs: one or several cases, each with actions and conditions. */
export function WhenSection() {
  const { t } = useText();
  const { values, set, disabled } = useBusinessEventForm();
  const { error } = useField('on');
  const { subjectOf } = useSubjects();
  const subject = subjectOf(values.contentType);
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography variant="beta" tag="h2">
        {t('business.when')}
      </Typography>
      {values.contentType === '' ? (
        <Typography textColor="neutral600" tag="p">
          {t('business.when.no_type')}
        </Typography>
      ) : (
        <>
          {values.on.map((clause, index) => (
            <Case
              key={index}
              index={index}
              clause={clause}
              subject={subject}
              isOnly={values.on.length === 1}
              onChange={(changed) => set('on', values.on.with(index, changed))}
              onRemove={() => set('on', values.on.toSpliced(index, 1))}
            />
          ))}
          {typeof error === 'string' && <Complaint>{error}</Complaint>}
          {!disabled && values.on.length < businessEventLimits.clauses && (
            <Box>
              <Button
                variant="tertiary"
                startIcon={<Plus aria-hidden />}
                onClick={() => set('on', [...values.on, { on: [], when: null }])}
              >
                {t('business.when.add_case')}
              </Button>
            </Box>
          )}
        </>
      )}
    </Flex>
  );
}

interface CaseProps {
  index: number;
  clause: BusinessEventClause;
  subject: BusinessEventSubject | undefined;
  isOnly: boolean;
  onChange: (clause: BusinessEventClause) => void;
  onRemove: () => void;
}

function Case({ index, clause, subject, isOnly, onChange, onRemove }: CaseProps) {
  const { t } = useText();
  const { values, disabled } = useBusinessEventForm();
  const choices = useChoicesOfType(values.contentType);
  const rows = clause.when && editable(clause.when);
  return (
    <Rule role="group" aria-label={t('business.when.case', { number: index + 1 })}>
      <Flex justifyContent="space-between" gap={3} paddingBottom={3}>
        <Typography fontWeight="bold" tag="h3">
          {index === 0 ? t('business.when.actions') : t('business.when.or_actions')}
        </Typography>
        {!isOnly && (
          <IconButton
            label={t('business.when.remove_case', { number: index + 1 })}
            variant="ghost"
            disabled={disabled}
            onClick={onRemove}
          >
            <Trash aria-hidden />
          </IconButton>
        )}
      </Flex>
      <Actions index={index} clause={clause} subject={subject} onChange={onChange} />
      <Box paddingTop={4}>
        {clause.when && !rows ? (
          <TintedBox tone="neutral" padding={4} direction="column" alignItems="stretch" gap={1}>
            <Typography tag="p" style={{ overflowWrap: 'anywhere' }}>
              {t('business.when.and_only_when')}{' '}
              <ConditionWords condition={clause.when} choices={choices.choices} />
            </Typography>
            <Typography variant="pi" textColor="neutral600" tag="p">
              {t('business.when.too_nested')}
            </Typography>
          </TintedBox>
        ) : (
          <ConditionTree
            name={`on.${index}.when`}
            conditions={rows}
            onChange={(when) => onChange({ ...clause, when })}
            choices={choices}
            disabled={disabled}
            before={t('business.when.and_only_when')}
            explained={t('business.when.always')}
          />
        )}
      </Box>
    </Rule>
  );
}

function Actions({ index, clause, subject, onChange }: Omit<CaseProps, 'isOnly' | 'onRemove'>) {
  const { t } = useText();
  const { disabled } = useBusinessEventForm();
  const { error } = useField(`on.${index}.on`);
  // One that its entries can no longer have is shown as long as it is chosen.
  const offered = contentActions.filter(
    (action) => subject?.actions.includes(action) || clause.on.includes(action),
  );
  return (
    <div role="group" aria-label={t('business.when.actions')}>
      <Flex gap={5} wrap="wrap">
        {offered.map((action) => (
          <Checkbox
            key={action}
            checked={clause.on.includes(action)}
            disabled={disabled}
            onCheckedChange={(isChosen) =>
              onChange({
                ...clause,
                on: contentActions.filter((one) =>
                  one === action ? isChosen === true : clause.on.includes(one),
                ),
              })
            }
          >
            {t(`sentence.verb.${action}`)}
          </Checkbox>
        ))}
      </Flex>
      {typeof error === 'string' && <Complaint>{error}</Complaint>}
    </div>
  );
}

function Complaint({ children }: { children: string }) {
  return (
    <Typography variant="pi" textColor="danger600" tag="p" paddingTop={1} data-strapi-field-error>
      {children}
    </Typography>
  );
}
