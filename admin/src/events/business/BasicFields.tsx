import type { ReactNode } from 'react';
import { Field, Flex, Textarea, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useText } from '../../text/useText';
import { SearchSelect } from '../../ui/filter/SearchSelect';
import { withContentType } from './event-form';
import { proposedType } from './proposed-type';
import { useBusinessEventForm } from './useBusinessEventForm';
import { useSubjects } from './useSubjects';

/** What it is about, what it is called, and its type, which is proposed from the name until somebody writes one. */
export function BasicFields({ isNew }: { isNew: boolean }) {
  const { t } = useText();
  const { values, set, setSome, disabled } = useBusinessEventForm();
  const { subjects, subjectOf, isLoading } = useSubjects();
  const subject = subjectOf(values.contentType);
  const isProposed =
    isNew && (values.type === '' || values.type === proposedType(values.displayName, subject));

  const rename = (displayName: string) => {
    const type = isProposed ? proposedType(displayName, subject) : values.type;
    setSome({ displayName, ...(type !== values.type && { type }) });
  };
  const choose = (uid: string) => {
    const chosen = subjectOf(uid);
    if (!chosen || uid === values.contentType) return;
    const type = isProposed ? proposedType(values.displayName, chosen) : values.type;
    const { contentType, on, payload } = withContentType(values, chosen);
    setSome({ contentType, on, payload, ...(type !== values.type && { type }) });
  };
  const choices = subjects.map(({ uid, name }) => ({ value: uid, label: name }));
  // One that is gone is still shown, to be changed for another.
  const isGone = values.contentType !== '' && !isLoading && !subject;
  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      <Named name="contentType" label={t('business.content_type')} hint={t('business.content_type_hint')}>
        <SearchSelect
          choices={isGone ? [{ value: values.contentType, label: values.contentType }, ...choices] : choices}
          value={values.contentType}
          loading={isLoading}
          disabled={disabled}
          onChange={choose}
        />
      </Named>
      <Named name="displayName" label={t('business.name')} hint={t('business.name_hint')}>
        <TextInput
          value={values.displayName}
          disabled={disabled}
          autoComplete="off"
          onChange={(event) => rename(event.target.value)}
        />
      </Named>
      <Named name="type" label={t('business.type')} hint={t('business.type_hint')}>
        <TextInput
          value={values.type}
          disabled={disabled}
          autoComplete="off"
          spellCheck={false}
          placeholder={subject ? `${subject.typeName}.…` : ''}
          endAction={
            isProposed && values.type !== '' ? (
              <span style={{ fontSize: '1.2rem' }}>{t('business.type_proposed')}</span>
            ) : undefined
          }
          onChange={(event) => set('type', event.target.value)}
        />
      </Named>
      <Named name="description" label={t('business.description')} isOptional>
        <Textarea
          value={values.description}
          disabled={disabled}
          onChange={(event) => set('description', event.target.value)}
        />
      </Named>
    </Flex>
  );
}

interface NamedProps {
  name: string;
  label: string;
  hint?: string;
  isOptional?: boolean;
  children: ReactNode;
}

function Named({ name, label, hint, isOptional = false, children }: NamedProps) {
  const { error } = useField(name);
  return (
    <Field.Root name={name} error={error} required={!isOptional} {...(hint !== undefined && { hint })}>
      <Field.Label>{label}</Field.Label>
      {children}
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}
