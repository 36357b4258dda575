import { useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { useForm } from '@strapi/strapi/admin';
import type { SavedChange } from '../../../contracts';
import { useText, type TextId } from '../text/useText';
import { DialogFrame } from '../ui/dialog/DialogFrame';
import { RelativeTime } from '../ui/RelativeTime';
import { changedNames, merged } from './edits';
import type { Editing, Refused, Stored } from './useEditing';

interface ConflictDialogProps<Values> {
  editing: Editing<Values>;
  refused: Refused<Values>;
  /** What is stored now, as far as it was asked for. */
  stored: Stored<Values>;
  /** Saves what was refused over what others have saved; asks again where somebody was faster once more. */
  onKeep: (refused: Refused<Values>, form: FormEnds<Values>) => Promise<void>;
}

/** What is done to a form when it was saved, or refused. */
export interface FormEnds<Values> {
  setErrors: (errors: Record<string, unknown>) => void;
  resetForm: (values?: Values) => void;
}

/** Somebody else has saved meanwhile: who changed what, and whose is to stand. */
export function ConflictDialog<Values extends object>({
  editing,
  refused,
  stored,
  onKeep,
}: ConflictDialogProps<Values>) {
  const { t, intl } = useText();
  const { resetForm, setErrors, setValues } = useForm('ConflictDialog', (form) => form);
  const [isBusy, setBusy] = useState(false);
  const { conflict, values: mine } = refused;
  const fieldNames = useFieldNames();
  const changed = changedNames(editing.read.current.values, mine);
  const close = () => editing.setRefused(null);

  const takeTheirs = () => {
    const { values, conflicts } = merged(editing.read.current.values, mine, stored.values);
    for (const name of conflicts) values[name] = stored.values[name];
    editing.read.current = stored;
    resetForm(stored.values);
    setValues(values);
    close();
  };
  const keepMine = async () => {
    setBusy(true);
    await onKeep(refused, { resetForm, setErrors } as FormEnds<Values>);
    setBusy(false);
  };
  return (
    <DialogFrame
      title={t('conflict.title')}
      onClose={close}
      actions={
        <>
          <Button
            variant="secondary"
            disabled={isBusy}
            loading={stored.version < conflict.version}
            onClick={takeTheirs}
          >
            {t('conflict.take')}
          </Button>
          <Button loading={isBusy} onClick={keepMine}>
            {t('conflict.keep')}
          </Button>
        </>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Theirs changes={conflict.changes} />
        <Typography tag="p">
          {t('conflict.yours', { fields: intl.formatList(fieldNames(changed)) })}
        </Typography>
        <Typography variant="pi" textColor="neutral600" tag="p">
          {t('conflict.explained')}
        </Typography>
      </Flex>
    </DialogFrame>
  );
}

function Theirs({ changes }: { changes: readonly SavedChange[] }) {
  const { t, rich, intl } = useText();
  const fieldNames = useFieldNames();
  if (changes.length === 0) return <Typography tag="p">{t('conflict.unknown')}</Typography>;
  return (
    <ul>
      {changes.map(({ by, at, fields }) => (
        <Typography key={at} tag="li">
          {rich('conflict.who', {
            who: by ?? t('conflict.somebody'),
            fields: intl.formatList(fieldNames(fields)),
            when: <RelativeTime key="when" at={at} />,
          })}
        </Typography>
      ))}
    </ul>
  );
}

const names: Record<string, TextId> = {
  name: 'conflict.field.name',
  url: 'conflict.field.url',
  urlSecret: 'conflict.field.urlSecret',
  events: 'conflict.field.events',
  active: 'conflict.field.active',
  headers: 'conflict.field.headers',
  timeoutSeconds: 'conflict.field.timeoutSeconds',
  retryScheduleSeconds: 'conflict.field.retryScheduleSeconds',
  rateLimit: 'conflict.field.rateLimit',
  ordered: 'conflict.field.ordered',
  onFailedHead: 'conflict.field.onFailedHead',
  shownBy: 'conflict.field.shownBy',
  alertAfter: 'conflict.field.alertAfter',
  notify: 'conflict.field.notify',
  deliveryDays: 'conflict.field.deliveryDays',
  bodyDays: 'conflict.field.bodyDays',
  dropDeliveredBodies: 'conflict.field.dropDeliveredBodies',
  displayName: 'conflict.field.displayName',
  type: 'conflict.field.type',
  description: 'conflict.field.description',
  contentType: 'conflict.field.contentType',
  on: 'conflict.field.on',
  payload: 'conflict.field.payload',
  fields: 'conflict.field.fields',
};

/** What the fields of a form are called in the midst of a sentence. */
function useFieldNames() {
  const { t } = useText();
  return (fields: readonly string[]): string[] =>
    fields.map((field) => {
      const id = names[field];
      return id ? t(id) : field;
    });
}
