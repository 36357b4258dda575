import { Field, Flex, TextButton, TextInput, Typography } from '@strapi/design-system';
import { Archive, CheckCircle, WarningCircle } from '@strapi/icons';
import { useField } from '@strapi/strapi/admin';
import { useAllowed } from '../../hooks/useAllowed';
import { useTestInbox } from '../../hooks/useTestInbox';
import { useText } from '../../hooks/useText';
import { useUrlVerdict } from './useUrlVerdict';
import { useWebhookForm } from './useWebhookForm';

/** The address, judged while it is typed. */
export function UrlField() {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  const { error } = useField('url');
  const verdict = useUrlVerdict(values.url);
  const shownError = error ?? (verdict.kind === 'bad' ? verdict.text : undefined);
  const isInbox = verdict.kind === 'good' && verdict.isInbox;

  return (
    <Field.Root
      name="url"
      error={shownError}
      required
      hint={t(isInbox ? 'form.url.is_inbox' : 'form.url.hint')}
    >
      <Field.Label>{t('form.url.label')}</Field.Label>
      <TextInput
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        placeholder="https://example.com/hook"
        value={values.url}
        disabled={disabled}
        onChange={(event) => set('url', event.target.value)}
        endAction={
          verdict.kind === 'good' && !shownError ? (
            <CheckCircle fill="success600" role="img" aria-label={t('form.url.good')} />
          ) : null
        }
      />
      <Field.Error />
      {verdict.kind === 'warning' && (
        <Flex gap={2} role="status">
          <WarningCircle aria-hidden fill="warning600" style={{ flex: 'none' }} />
          <Typography variant="pi" textColor="neutral800">
            {verdict.text}
          </Typography>
        </Flex>
      )}
      <Flex justifyContent="space-between" gap={4} wrap="wrap">
        <Field.Hint />
        {!isInbox && <TestInboxButton />}
      </Flex>
    </Field.Root>
  );
}

function TestInboxButton() {
  const { t } = useText();
  const allowed = useAllowed();
  const { values, set, disabled } = useWebhookForm();
  const { make, isLoading } = useTestInbox();
  if (!allowed.inboxManage || disabled) return null;
  return (
    <TextButton
      startIcon={<Archive aria-hidden />}
      loading={isLoading}
      onClick={async () => {
        const inbox = await make((values.name.trim() || t('start.try.name')).slice(0, 80));
        if (inbox) set('url', inbox.url);
      }}
    >
      {t('form.url.use_inbox')}
    </TextButton>
  );
}
