import { useId } from 'react';
import {
  Flex,
  IconButton,
  SingleSelect,
  SingleSelectOption,
  TextButton,
  Typography,
} from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useField } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import type { ConditionChoices, SingleCondition } from '../../../../contracts';
import { useText } from '../../text/useText';
import type { Place } from '../groups';
import { operatorsFor, type Operator } from '../operators';
import { rowOf, withOperator, withSubject, type Row } from '../rows';
import { SubjectSelect } from './SubjectSelect';
import { troubleOf, typeOf } from '../subjects';
import { useOperatorName } from '../useRowWords';
import { useTroubleText } from './useTroubleText';
import { ValueEditor } from './ValueEditor';

interface ConditionRowProps {
  /** The field of the form whose error is its own. */
  name: string;
  place: Place;
  disabled: boolean;
  condition: SingleCondition;
  choices: ConditionChoices | undefined;
  isLoading: boolean;
  onChange: (row: Row) => void;
  onRemove: () => void;
}

/** One condition: field, comparison, value. */
export function ConditionRow({
  name,
  place,
  disabled,
  condition,
  choices,
  isLoading,
  onChange,
  onRemove,
}: ConditionRowProps) {
  const { t } = useText();
  const operatorName = useOperatorName();
  const troubleText = useTroubleText();
  const { error } = useField(name);
  const messageId = useId();
  const row = rowOf(condition);
  const type = typeOf(choices, row.subject);
  const trouble = troubleOf(condition, choices);
  const complaint = typeof error === 'string' ? error : null;
  const message = trouble ? troubleText(trouble) : complaint;

  const number = place.map((index) => index + 1).join('.');
  const frame = {
    disabled,
    hasError: message !== null,
    describedBy: message === null ? undefined : messageId,
  };
  const allowed: readonly Operator[] = type ? operatorsFor(type) : [row.operator];
  const operators = allowed.includes(row.operator) ? allowed : [row.operator, ...allowed];
  return (
    <Frame role="group" aria-label={t('only_when.row', { number })}>
      <Columns>
        <SubjectSelect
          {...frame}
          label={t('only_when.row.field', { number })}
          choices={choices}
          isLoading={isLoading}
          value={row.subject}
          onChange={(subject) => {
            const next = typeOf(choices, subject);
            if (next && subject !== row.subject) onChange(withSubject(row, subject, next, type));
          }}
        />
        <SingleSelect
          aria-label={t('only_when.row.operator', { number })}
          disabled={disabled || !type}
          value={row.operator}
          onChange={(chosen) => {
            const next = operators.find((operator) => operator === chosen);
            if (next && type && next !== row.operator) onChange(withOperator(row, next, type));
          }}
        >
          {operators.map((operator) => (
            <SingleSelectOption key={operator} value={operator}>
              {operatorName(row.subject, operator)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Value>
          {row.subject !== '' && (
            <ValueEditor
              {...frame}
              label={t('only_when.row.value', { number })}
              row={row}
              choices={choices}
              onChange={(value) => onChange({ ...row, value })}
            />
          )}
        </Value>
        <IconButton
          label={t('only_when.row.remove', { number })}
          variant="ghost"
          disabled={disabled}
          onClick={onRemove}
        >
          <Cross aria-hidden />
        </IconButton>
      </Columns>
      {message !== null && (
        <Flex gap={3} paddingTop={1} wrap="wrap">
          <Typography id={messageId} variant="pi" textColor="danger600" data-strapi-field-error>
            {message}
          </Typography>
          {trouble && !disabled && (
            <TextButton onClick={onRemove}>{t('only_when.trouble.remove')}</TextButton>
          )}
        </Flex>
      )}
    </Frame>
  );
}

/** What its columns measure: a row stands in wide and in narrow cards. */
const Frame = styled.div`
  container-type: inline-size;
`;

/** Field, comparison, value and the button, on the same lines in every row; where it is narrow in two lines. */
const Columns = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
  grid-template-areas: 'field operator remove' 'value value value';
  gap: 0.8rem;
  align-items: start;

  & > :nth-child(3) {
    grid-area: value;
  }
  & > :nth-child(4) {
    grid-area: remove;
    margin-top: 0.4rem;
  }

  @container (min-width: 720px) {
    grid-template-columns: minmax(0, 3fr) minmax(0, 2.2fr) minmax(0, 4.2fr) auto;
    grid-template-areas: 'field operator value remove';
  }
`;

const Value = styled.div`
  min-width: 0;

  &:empty {
    display: none;
  }
`;
