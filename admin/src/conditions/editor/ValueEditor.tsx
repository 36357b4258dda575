import { SingleSelect, SingleSelectOption } from '@strapi/design-system';
import {
  conditionLimits,
  type ActorChoice,
  type ConditionChoices,
  type ConditionFieldType,
  type ConditionValue,
  type TimeSpan,
} from '../../../../contracts';
import { useText } from '../../text/useText';
import { isChangeSubject } from '../operators';
import type { Row, RowValue, ValuePair } from '../rows';
import { fieldAt, localesOf, optionsOf } from '../subjects';
import { ActorPicker } from './value/ActorPicker';
import { RelationPicker } from './value/RelationPicker';
import type { EditorFrame } from './value/editor-frame';
import { SingleValue } from './value/SingleValue';
import { Pair, SpanValue } from './value/SpanValue';
import { TagPicker } from './value/TagPicker';

interface ValueEditorProps extends EditorFrame {
  row: Row;
  choices: ConditionChoices | undefined;
  onChange: (value: RowValue) => void;
}

/** What a condition compares with: picked where it can be picked, and typed only where it cannot. */
export function ValueEditor({ row, choices, onChange, ...frame }: ValueEditorProps) {
  const { subject, operator, value } = row;
  if (operator === 'present' || operator === 'empty' || operator === 'changed') return null;
  if (isChangeSubject(subject)) {
    return <ChangeValue row={row} choices={choices} onChange={onChange} {...frame} />;
  }
  if (operator === 'inLast' || operator === 'inNext') {
    return <SpanValue {...frame} value={value as TimeSpan} onChange={onChange} />;
  }
  const field = fieldAt(choices, subject);
  const options = optionsOf(choices, subject);
  const editor = {
    ...frame,
    type: field?.type ?? typeOfValue(value),
    ...(options && { options }),
    ...(field?.target !== undefined && { target: field.target }),
  };
  if (operator === 'changesFrom') {
    return <PairValue {...editor} value={value as ValuePair} onChange={onChange} />;
  }
  if (Array.isArray(value)) {
    return <ManyValues {...editor} value={value as ConditionValue[]} onChange={onChange} />;
  }
  return <SingleValue {...editor} value={value as ConditionValue} onChange={onChange} />;
}

/** Of a field that is not known, or not yet. */
const typeOfValue = (value: unknown): ConditionFieldType => {
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'text';
};

interface TypedFrame extends EditorFrame {
  type: ConditionFieldType;
  options?: readonly string[];
  target?: string;
}

function PairValue({
  value,
  onChange,
  label,
  ...editor
}: TypedFrame & { value: ValuePair; onChange: (value: ValuePair) => void }) {
  const { t } = useText();
  return (
    <Pair>
      <SingleValue
        {...editor}
        label={t('only_when.value.from', { label })}
        value={value.from}
        onChange={(from) => onChange({ ...value, from })}
      />
      <SingleValue
        {...editor}
        label={t('only_when.value.to', { label })}
        value={value.to}
        onChange={(to) => onChange({ ...value, to })}
      />
    </Pair>
  );
}

function ManyValues({
  type,
  options = [],
  target,
  value,
  onChange,
  describedBy,
  ...rest
}: TypedFrame & { value: readonly ConditionValue[]; onChange: (value: ConditionValue[]) => void }) {
  const { t } = useText();
  const frame = { ...rest, ...(describedBy !== undefined && { describedBy }) };
  const texts = value.map(String);
  const set = (chosen: string[]) => onChange(chosen.slice(0, conditionLimits.values).map(asBefore(value)));
  if (type === 'relation') {
    return (
      <RelationPicker
        {...rest}
        describedBy={describedBy}
        target={target ?? ''}
        value={texts}
        onChange={set}
      />
    );
  }
  const choices = [...new Set([...options, ...texts])].map((option) => ({ value: option, label: option }));
  return (
    <TagPicker
      {...frame}
      choices={choices}
      value={texts}
      isFree={type !== 'enumeration'}
      placeholder={t(type === 'enumeration' ? 'only_when.value.choose' : 'only_when.value.type_several')}
      onChange={set}
    />
  );
}

/** A number that was stored stays a number. */
const asBefore =
  (before: readonly ConditionValue[]) =>
  (text: string): ConditionValue =>
    before.find((value) => String(value) === text) ?? text;

function ChangeValue({ row, choices, onChange, describedBy, ...rest }: ValueEditorProps) {
  const { t } = useText();
  const frame = { ...rest, ...(describedBy !== undefined && { describedBy }) };
  const texts = Array.isArray(row.value) ? row.value.map(String) : [];

  if (row.subject === 'change:actor') {
    return (
      <ActorPicker
        {...rest}
        describedBy={describedBy}
        actors={choices?.actors ?? []}
        value={Array.isArray(row.value) ? (row.value as ActorChoice[]) : []}
        onChange={onChange}
      />
    );
  }
  if (row.subject === 'change:status') {
    return (
      <SingleSelect
        aria-label={rest.label}
        disabled={rest.disabled}
        value={row.value === 'draft' ? 'draft' : 'published'}
        onChange={(chosen) => onChange(chosen === 'draft' ? 'draft' : 'published')}
      >
        <SingleSelectOption value="published">{t('only_when.status.published')}</SingleSelectOption>
        <SingleSelectOption value="draft">{t('only_when.status.draft')}</SingleSelectOption>
      </SingleSelect>
    );
  }
  const offered =
    row.subject === 'change:locale'
      ? localesOf(choices ?? { subjects: [], localeNames: {}, actors: [] }).map((code) => ({
          value: code,
          label: choices?.localeNames[code] ?? code,
        }))
      : ownFields(choices);
  const missing = texts
    .filter((text) => !offered.some(({ value }) => value === text))
    .map((text) => ({ value: text, label: text }));
  return (
    <TagPicker
      {...frame}
      choices={[...offered, ...missing]}
      value={texts}
      placeholder={t('only_when.value.choose')}
      onChange={onChange}
    />
  );
}

/** Fields of the entry itself: what changed is told of those, not of what they lead to. */
function ownFields(choices: ConditionChoices | undefined): { value: string; label: string }[] {
  const own = new Map<string, string>();
  for (const { fields } of choices?.subjects ?? []) {
    for (const { path, labels } of fields) {
      const [first = path] = path.split('.');
      if (!own.has(first)) own.set(first, labels[0] ?? first);
    }
  }
  return [...own].map(([value, label]) => ({ value, label }));
}
