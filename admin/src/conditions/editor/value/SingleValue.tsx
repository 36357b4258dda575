import {
  DatePicker,
  DateTimePicker,
  NumberInput,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  TimePicker,
} from '@strapi/design-system';
import type { ConditionFieldType, ConditionValue } from '../../../../../contracts';
import { useText } from '../../../text/useText';
import type { EditorFrame } from './editor-frame';
import { dateOf, dateText, momentOf, timeShown, timeText } from './moments';
import { RelationPicker } from './RelationPicker';

interface SingleValueProps extends EditorFrame {
  type: ConditionFieldType;
  value: ConditionValue;
  onChange: (value: ConditionValue) => void;
  options?: readonly string[];
  /** Content type of a relation's entries. */
  target?: string;
}

/** One value, entered as its type is. */
export function SingleValue(props: SingleValueProps) {
  const { type, value, onChange, options = [], target, ...frame } = props;
  const { label, disabled, hasError, describedBy } = frame;
  const { t } = useText();
  const text = typeof value === 'string' ? value : '';
  const aria = { 'aria-label': label, 'aria-describedby': describedBy, disabled, hasError };

  switch (type) {
    case 'number':
      return (
        <NumberInput
          {...aria}
          value={typeof value === 'number' && !Number.isNaN(value) ? value : undefined}
          onValueChange={(number) => onChange(number ?? Number.NaN)}
        />
      );
    case 'boolean':
      return (
        <SingleSelect
          {...aria}
          value={value === false ? 'false' : 'true'}
          onChange={(chosen) => onChange(chosen === 'true')}
        >
          <SingleSelectOption value="true">{t('only_when.value.true')}</SingleSelectOption>
          <SingleSelectOption value="false">{t('only_when.value.false')}</SingleSelectOption>
        </SingleSelect>
      );
    case 'enumeration':
      return (
        <SingleSelect
          {...aria}
          value={text || null}
          placeholder={t('only_when.value.choose')}
          onChange={(chosen) => onChange(String(chosen))}
        >
          {/* One that is no option any more stays in sight. */}
          {[...new Set([...options, ...(text ? [text] : [])])].map((option) => (
            <SingleSelectOption key={option} value={option}>
              {option}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      );
    case 'date':
      return (
        <DatePicker
          {...aria}
          value={dateOf(text)}
          clearLabel={t('search.clear')}
          onChange={(date) => onChange(dateText(date))}
          onClear={() => onChange('')}
        />
      );
    case 'datetime':
      return (
        <DateTimePicker
          {...aria}
          dateLabel={t('only_when.value.date', { label })}
          timeLabel={t('only_when.value.time', { label })}
          value={momentOf(text)}
          clearLabel={t('search.clear')}
          onChange={(date) => onChange(date?.toISOString() ?? '')}
          onClear={() => onChange('')}
        />
      );
    case 'time':
      return (
        <TimePicker
          {...aria}
          value={timeShown(text)}
          clearLabel={t('search.clear')}
          onChange={(shown) => onChange(timeText(shown ?? ''))}
          onClear={() => onChange('')}
        />
      );
    case 'relation':
      return (
        <RelationPicker
          {...frame}
          target={target ?? ''}
          isSingle
          value={text === '' ? [] : [text]}
          onChange={([chosen]) => onChange(chosen ?? '')}
        />
      );
    case 'text':
    case 'media':
    case 'other':
      return (
        <TextInput
          {...aria}
          value={typeof value === 'number' ? String(value) : text}
          autoComplete="off"
          placeholder={value === null ? t('only_when.value.empty') : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
