import type { ReactNode } from 'react';
import {
  Box,
  Flex,
  IconButton,
  SingleSelect,
  SingleSelectOption,
  TextButton,
  Typography,
} from '@strapi/design-system';
import { Cross, Plus } from '@strapi/icons';
import { useField } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import { conditionLimits, type ConditionGroup, type SingleCondition } from '../../../../../contracts';
import { ErrorPart } from '../../../api/States';
import { useText } from '../../../text/useText';
import { useWebhookForm } from '../useWebhookForm';
import { ConditionRow } from './ConditionRow';
import {
  addGroup,
  addRow,
  changeMode,
  changeRow,
  isGroup,
  membersOf,
  modeOf,
  removeAt,
  type GroupMode,
  type Member,
  type Place,
} from './groups';
import { useChoices } from './useChoices';

/** The conditions of the form, in a group and groups in it. */
export function ConditionTree() {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  const { choices, isLoading, error: unloaded, refetch } = useChoices();
  const { error } = useField('conditions');
  const { conditions } = values;

  if (values.events.length === 0) {
    return <Typography textColor="neutral600">{t('only_when.no_events')}</Typography>;
  }
  const rowAt = (place: Place, condition: SingleCondition) =>
    conditions && (
      <ConditionRow
        key={place.join('.')}
        place={place}
        condition={condition}
        choices={choices}
        isLoading={isLoading}
        onChange={(row) => set('conditions', changeRow(conditions, place, row))}
        onRemove={() => set('conditions', removeAt(conditions, place))}
      />
    );
  const members = conditions ? membersOf<Member>(conditions) : [];
  const isFull = disabled || members.length >= conditionLimits.perGroup;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {conditions ? (
        <ModeLine
          before={t('only_when.mode.before')}
          mode={modeOf(conditions)}
          onChange={(mode) => set('conditions', changeMode(conditions, mode))}
        />
      ) : (
        <Typography textColor="neutral600" tag="p">
          {t('only_when.explained')}
        </Typography>
      )}
      {Boolean(unloaded) && !choices && <ErrorPart error={unloaded} onRetry={refetch} />}
      {conditions &&
        members.map((member, index) =>
          isGroup(member) ? (
            <Nested
              key={index}
              group={member}
              joint={t(modeOf(conditions) === 'all' ? 'only_when.and' : 'only_when.or')}
              number={index + 1}
              onMode={(mode) => set('conditions', changeMode(conditions, mode, index))}
              onAdd={() => set('conditions', addRow(conditions, index))}
              onRemove={() => set('conditions', removeAt(conditions, [index]))}
            >
              {membersOf(member).map((condition, inner) => rowAt([index, inner], condition))}
            </Nested>
          ) : (
            rowAt([index], member)
          ),
        )}
      {typeof error === 'string' && (
        <Typography variant="pi" textColor="danger600" data-strapi-field-error>
          {error}
        </Typography>
      )}
      <Flex gap={5} paddingTop={2} wrap="wrap">
        <TextButton
          startIcon={<Plus aria-hidden />}
          disabled={isFull}
          onClick={() => set('conditions', addRow(conditions))}
        >
          {t('only_when.add')}
        </TextButton>
        <TextButton
          startIcon={<Plus aria-hidden />}
          disabled={isFull}
          onClick={() => set('conditions', addGroup(conditions))}
        >
          {t('only_when.add_group')}
        </TextButton>
      </Flex>
    </Flex>
  );
}

interface ModeLineProps {
  before: string;
  mode: GroupMode;
  onChange: (mode: GroupMode) => void;
}

/** "Send only when [all] of these are true". */
function ModeLine({ before, mode, onChange }: ModeLineProps) {
  const { t } = useText();
  const { disabled } = useWebhookForm();
  return (
    <Flex gap={2} wrap="wrap">
      <Typography>{before}</Typography>
      <Box width="19rem">
        <SingleSelect
          size="S"
          aria-label={t('only_when.mode.label')}
          value={mode}
          disabled={disabled}
          onChange={(chosen) => onChange(chosen === 'any' ? 'any' : 'all')}
        >
          <SingleSelectOption value="all">{t('only_when.mode.all')}</SingleSelectOption>
          <SingleSelectOption value="any">{t('only_when.mode.any')}</SingleSelectOption>
        </SingleSelect>
      </Box>
      <Typography>{t(mode === 'all' ? 'only_when.mode.after_all' : 'only_when.mode.after_any')}</Typography>
    </Flex>
  );
}

interface NestedProps {
  group: ConditionGroup<SingleCondition>;
  /** "and" or "or", which joins it to the others. */
  joint: string;
  number: number;
  onMode: (mode: GroupMode) => void;
  onAdd: () => void;
  onRemove: () => void;
  children: ReactNode;
}

function Nested({ group, joint, number, onMode, onAdd, onRemove, children }: NestedProps) {
  const { t } = useText();
  const { disabled } = useWebhookForm();
  return (
    <Ground role="group" aria-label={t('only_when.group', { number })}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Flex justifyContent="space-between" gap={2}>
          <ModeLine before={joint} mode={modeOf(group)} onChange={onMode} />
          <IconButton
            label={t('only_when.group.remove', { number })}
            variant="ghost"
            disabled={disabled}
            onClick={onRemove}
          >
            <Cross aria-hidden />
          </IconButton>
        </Flex>
        {children}
        <Box>
          <TextButton
            startIcon={<Plus aria-hidden />}
            disabled={disabled || membersOf(group).length >= conditionLimits.perGroup}
            onClick={onAdd}
          >
            {t('only_when.add_here')}
          </TextButton>
        </Box>
      </Flex>
    </Ground>
  );
}

/** A quiet ground and no box: its rows stand on the lines of the others. */
const Ground = styled.div`
  margin: 0 -1.6rem;
  padding: 1.6rem;
  background: ${({ theme }) => theme.colors.neutral100};
  border-radius: ${({ theme }) => theme.borderRadius};
`;
