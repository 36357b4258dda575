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
import {
  conditionLimits,
  type ConditionGroup,
  type SingleCondition,
  type WebhookConditions,
} from '../../../contracts';
import { ErrorPart } from '../api/States';
import { useText } from '../text/useText';
import type { Choices } from './api';
import { ConditionRow } from './editor/ConditionRow';
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

interface ConditionTreeProps {
  /** Null: always. */
  conditions: WebhookConditions | null;
  onChange: (conditions: WebhookConditions | null) => void;
  /** The field of the form whose errors are theirs: `conditions`, and of a row `conditions.1.0`. */
  name: string;
  choices: Choices;
  disabled: boolean;
  /** Before "all of these are true". */
  before: string;
  /** Said where there are none. */
  explained: string;
}

/** Conditions of a form, in a group and groups in it. */
export function ConditionTree(props: ConditionTreeProps) {
  const { conditions, onChange, name, disabled, before, explained } = props;
  const { choices, isLoading, error: unloaded, refetch } = props.choices;
  const { t } = useText();
  const { error } = useField(name);

  const rowAt = (place: Place, condition: SingleCondition) =>
    conditions && (
      <ConditionRow
        key={place.join('.')}
        name={[name, ...place].join('.')}
        disabled={disabled}
        place={place}
        condition={condition}
        choices={choices}
        isLoading={isLoading}
        onChange={(row) => onChange(changeRow(conditions, place, row))}
        onRemove={() => onChange(removeAt(conditions, place))}
      />
    );
  const members = conditions ? membersOf<Member>(conditions) : [];
  const isFull = disabled || members.length >= conditionLimits.perGroup;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {conditions ? (
        <ModeLine
          before={before}
          disabled={disabled}
          mode={modeOf(conditions)}
          onChange={(mode) => onChange(changeMode(conditions, mode))}
        />
      ) : (
        <Typography textColor="neutral600" tag="p">
          {explained}
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
              disabled={disabled}
              onMode={(mode) => onChange(changeMode(conditions, mode, index))}
              onAdd={() => onChange(addRow(conditions, index))}
              onRemove={() => onChange(removeAt(conditions, [index]))}
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
          onClick={() => onChange(addRow(conditions))}
        >
          {t('only_when.add')}
        </TextButton>
        <TextButton
          startIcon={<Plus aria-hidden />}
          disabled={isFull}
          onClick={() => onChange(addGroup(conditions))}
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
  disabled: boolean;
  onChange: (mode: GroupMode) => void;
}

/** "Send only when [all] of these are true". */
function ModeLine({ before, mode, disabled, onChange }: ModeLineProps) {
  const { t } = useText();
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
  disabled: boolean;
  onMode: (mode: GroupMode) => void;
  onAdd: () => void;
  onRemove: () => void;
  children: ReactNode;
}

function Nested({ group, joint, number, disabled, onMode, onAdd, onRemove, children }: NestedProps) {
  const { t } = useText();
  return (
    <Ground role="group" aria-label={t('only_when.group', { number })}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Flex justifyContent="space-between" gap={2}>
          <ModeLine before={joint} mode={modeOf(group)} disabled={disabled} onChange={onMode} />
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
