import { useEffect, useMemo, useRef, useState } from 'react';
import { Field, Flex, TextButton, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import type { FieldTrees } from '../../../../../contracts';
import { coveredEvents } from '../../../events/event-options';
import { useCatalog } from '../../../events/useCatalog';
import { FieldTreeEditor } from '../../../fields/FieldTreeEditor';
import { useText } from '../../../text/useText';
import { SearchSelect } from '../../../ui/filter/SearchSelect';
import { WarningLine } from '../../../ui/WarningLine';
import { useFormPlace } from '../useFormPlace';
import { useWebhookForm } from '../useWebhookForm';
import { hasTree, isWithoutEntry, withTree } from './trees';

interface ContentTypeOfEvents {
  uid: string;
  name: string;
}

/** The content types of the form's events, by name. */
function useTypesOfEvents(): ContentTypeOfEvents[] {
  const { events } = useWebhookForm().values;
  const { events: catalog } = useCatalog();
  return useMemo(() => {
    const types = new Map<string, string>();
    for (const { uid, contentTypeName } of events.flatMap((event) => coveredEvents(event, catalog))) {
      if (uid !== null) types.set(uid, contentTypeName ?? uid);
    }
    return [...types].map(([uid, name]) => ({ uid, name })).sort((a, b) => a.name.localeCompare(b.name));
  }, [events, catalog]);
}

/** Which fields are sent: a tree for each content type of the events. */
export function FieldsPart() {
  const { t } = useText();
  const { values, initialValues, set, disabled } = useWebhookForm();
  const { error } = useField('fields');
  const frame = usePlaceOfLink();
  const types = useTypesOfEvents();
  const [chosen, setChosen] = useState<string | null>(null);
  const { fields } = values;
  // At first one of which fields are chosen already; as saved, so that a change of them does not lead away.
  const type =
    types.find(({ uid }) => uid === chosen) ??
    types.find(({ uid }) => hasTree(initialValues.fields, uid)) ??
    types[0];

  return (
    <Flex direction="column" alignItems="stretch" gap={4} minWidth={0}>
      <Title ref={frame} tabIndex={-1}>
        <Typography variant="delta" fontWeight="bold" tag="h3">
          {t('sending.tree.title')}
        </Typography>
        <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={1}>
          {t(isWithoutEntry(values.format) ? 'sending.tree.no_effect' : 'sending.tree.explained')}
        </Typography>
      </Title>
      {!isWithoutEntry(values.format) && (
        <>
          {types.length > 1 && type && (
            <Field.Root>
              <Field.Label>{t('sending.tree.type')}</Field.Label>
              <SearchSelect
                choices={types.map(({ uid, name }) => ({
                  value: uid,
                  label: hasTree(fields, uid) ? t('sending.tree.chosen', { name }) : name,
                }))}
                value={type.uid}
                onChange={setChosen}
              />
            </Field.Root>
          )}
          {type ? (
            <FieldTreeEditor
              uid={type.uid}
              value={(hasTree(fields, type.uid) && fields?.[type.uid]) || null}
              disabled={disabled}
              onChange={(tree) => set('fields', withTree(fields, type.uid, tree))}
            />
          ) : (
            <Typography variant="pi" textColor="neutral600" tag="p">
              {t('sending.tree.no_types')}
            </Typography>
          )}
          <Others types={types} />
        </>
      )}
      <Complaints error={error} />
    </Flex>
  );
}

/** Where a link to the fields leads. */
function usePlaceOfLink() {
  const { place, key } = useFormPlace();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place === 'fields') frame.current?.focus({ preventScroll: true });
    if (place === 'fields') frame.current?.scrollIntoView({ block: 'start' });
  }, [place, key]);
  return frame;
}

/* Below the page's own header, which Strapi keeps at the top. */
const Title = styled.div`
  scroll-margin-top: 12rem;
`;

/** Trees of content types of which no event is chosen any more. */
function Others({ types }: { types: readonly ContentTypeOfEvents[] }) {
  const { t, intl } = useText();
  const { values, set, disabled } = useWebhookForm();
  const { events, isLoading } = useCatalog();
  const others = Object.keys(values.fields ?? {}).filter((uid) => !types.some((type) => type.uid === uid));
  if (others.length === 0 || isLoading) return null;
  const nameOf = (other: string) => events.find(({ uid }) => uid === other)?.contentTypeName ?? other;
  return (
    <Flex gap={3} wrap="wrap">
      <WarningLine>
        {t('sending.tree.other_types', { names: intl.formatList(others.map(nameOf)) })}
      </WarningLine>
      {!disabled && (
        <TextButton
          onClick={() =>
            set(
              'fields',
              others.reduce<FieldTrees | null>((trees, uid) => withTree(trees, uid, null), values.fields),
            )
          }
        >
          {t('sending.tree.remove_others')}
        </TextButton>
      )}
    </Flex>
  );
}

/** What the server refuses: of all trees, or of something in one. */
function Complaints({ error }: { error: unknown }) {
  const messages = messagesIn(error);
  if (messages.length === 0) return null;
  return (
    <Typography variant="pi" textColor="danger600" tag="p" data-strapi-field-error>
      {messages.join(' ')}
    </Typography>
  );
}

function messagesIn(error: unknown): string[] {
  if (typeof error === 'string') return [error];
  return typeof error === 'object' && error !== null ? Object.values(error).flatMap(messagesIn) : [];
}
