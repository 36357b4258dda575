import { Fragment, useState } from 'react';
import { Combobox, ComboboxOption, Typography } from '@strapi/design-system';
import type { ConditionChoices } from '../../../../contracts';
import { useText } from '../../text/useText';
import { shownChoices } from '../../ui/filter/choices';
import { fieldGroups, offeredChanges } from '../subjects';
import { useSubjectName } from '../useSubjectName';

interface SubjectSelectProps {
  /** Its accessible name. */
  label: string;
  choices: ConditionChoices | undefined;
  isLoading: boolean;
  value: string;
  onChange: (subject: string) => void;
  disabled: boolean;
  hasError: boolean;
  describedBy: string | undefined;
}

/** What is compared: a field, by content type, or something of the change. */
export function SubjectSelect(props: SubjectSelectProps) {
  const { label, choices, isLoading, value, onChange, disabled, hasError, describedBy } = props;
  const { t } = useText();
  const nameOf = useSubjectName(choices);
  // Null while nobody types: the field then shows what is chosen, and the list everything.
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);

  const groups = choices
    ? [
        ...fieldGroups(choices).map(({ name, fields }) => ({
          name,
          offered: fields.map(({ path, labels }) => ({ value: path, label: labels.join(' → ') })),
        })),
        {
          name: t('only_when.subject.about'),
          offered: offeredChanges(choices).map((subject) => ({ value: subject, label: nameOf(subject) })),
        },
      ]
    : [];
  // What several content types have is one and the same condition: it stands under the first.
  const seen = new Set<string>();
  const shown = groups
    .map(({ name, offered }) => ({
      name,
      found: shownChoices(offered, typed ?? '').filter((choice) => {
        const isNew = !seen.has(choice.value);
        seen.add(choice.value);
        return isNew;
      }),
    }))
    .filter(({ found }) => found.length > 0);

  return (
    <Combobox
      aria-label={label}
      aria-describedby={describedBy}
      // It searches by words of its own; Strapi's would find only what begins with what is typed.
      autocomplete="none"
      disabled={disabled}
      hasError={hasError}
      loading={isLoading}
      loadingMessage={t('state.loading')}
      value={value}
      textValue={typed ?? nameOf(value)}
      placeholder={t('only_when.subject.choose')}
      noOptionsMessage={() => t('choose.none')}
      open={isOpen}
      onOpenChange={(opens) => {
        setOpen(opens);
        if (!opens) setTyped(null);
      }}
      onInputChange={(event) => {
        setOpen(true);
        setTyped(event.currentTarget.value);
      }}
      onChange={(next) => {
        if (next === undefined || next === '') return;
        setTyped(null);
        onChange(next);
      }}
    >
      {shown.map(({ name, found }) => (
        <Fragment key={name}>
          <ComboboxOption value={`group:${name}`} disabled textValue={name}>
            <Typography variant="sigma" textColor="neutral600">
              {name}
            </Typography>
          </ComboboxOption>
          {found.map((choice) => (
            <ComboboxOption key={choice.value} value={choice.value} textValue={choice.label}>
              <span style={{ overflowWrap: 'anywhere' }}>{choice.label}</span>
            </ComboboxOption>
          ))}
        </Fragment>
      ))}
    </Combobox>
  );
}
