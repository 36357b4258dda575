import { useEffect, useRef } from 'react';
import { Field, Flex, TextButton, TextInput } from '@strapi/design-system';
import { Archive, CheckCircle } from '@strapi/icons';
import { useField } from '@strapi/strapi/admin';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useTestInbox } from '../../inbox/useTestInbox';
import { useText } from '../../text/useText';
import { WarningLine } from '../../ui/WarningLine';
import { addressWarning, PresetOffer } from '../presets/PresetOffer';
import { usePresetText } from '../presets/usePresetText';
import { SecretAddress } from './SecretAddress';
import { useFormPlace } from './useFormPlace';
import { useUrlVerdict } from './useUrlVerdict';
import { useWebhookForm } from './useWebhookForm';
import { keepsAddress, secretWhenTyped } from './webhook-form';

/** The URL, checked while typing; a secret one shows its host only and can be replaced. */
export function UrlField({ webhook }: { webhook: WebhookView | null }) {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  const { error } = useField('url');
  const isKept = webhook !== null && keepsAddress(values, webhook);
  const verdict = useUrlVerdict(isKept ? '' : values.url);
  const shownError = error ?? (verdict.kind === 'bad' ? verdict.text : undefined);
  const isInbox = verdict.kind === 'good' && verdict.isInbox;
  const { text } = usePresetText();
  const known = isKept ? null : addressWarning(values.url);
  const setAddress = useSetAddress();
  const input = useRef<HTMLInputElement>(null);
  const { place, url, key } = useFormPlace();

  // Where a remedy led; what a redirect named is filled in, to be looked at and saved.
  useEffect(() => {
    if (place !== 'url' || disabled) return;
    input.current?.focus();
    if (url) setAddress(url);
    // Once for each link that was followed: what is typed afterwards stays.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [place, url, key]);

  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Field.Root name="url" error={shownError} required hint={t(hintOf(isKept, isInbox))}>
        <Field.Label
          action={
            isKept && !disabled ? (
              <TextButton onClick={() => set('url', '')}>{t('form.url.replace')}</TextButton>
            ) : null
          }
        >
          {t('form.url.label')}
        </Field.Label>
        <TextInput
          ref={input}
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          placeholder="https://example.com/hook"
          value={values.url}
          disabled={disabled}
          onChange={(event) => setAddress(event.target.value)}
          endAction={
            verdict.kind === 'good' && !shownError ? (
              <CheckCircle fill="success600" role="img" aria-label={t('form.url.good')} />
            ) : null
          }
        />
        <Field.Error />
        {verdict.kind === 'warning' && <WarningLine>{verdict.text}</WarningLine>}
        {known !== null && <WarningLine>{text(known)}</WarningLine>}
        <Flex justifyContent="space-between" gap={4} wrap="wrap">
          <Field.Hint />
          {!isInbox && <TestInboxButton />}
        </Flex>
      </Field.Root>
      {!isInbox && !isKept && <PresetOffer isNew={webhook === null} />}
      {!isInbox && <SecretAddress webhook={webhook} isKept={isKept} />}
    </Flex>
  );
}

const hintOf = (isKept: boolean, isInbox: boolean) => {
  if (isKept) return 'form.url.kept';
  return isInbox ? 'form.url.is_inbox' : 'form.url.hint';
};

/** Sets a typed URL; the switch is turned on if the URL is known to be secret. */
function useSetAddress(): (url: string) => void {
  const { values, set } = useWebhookForm();
  return (url) => {
    const secret = secretWhenTyped(url, values);
    set('url', url);
    if (secret !== values.urlSecret) set('urlSecret', secret);
  };
}

function TestInboxButton() {
  const { t } = useText();
  const allowed = useAllowed();
  const { values, set, disabled } = useWebhookForm();
  const { make, isLoading } = useTestInbox();
  if (!allowed.inboxManage || !allowed.inboxRead || disabled) return null;
  return (
    <TextButton
      startIcon={<Archive aria-hidden />}
      loading={isLoading}
      onClick={async () => {
        const inbox = await make((values.name.trim() || t('start.try.name')).slice(0, 80));
        if (!inbox) return;
        set('url', inbox.url);
        set('urlSecret', false);
      }}
    >
      {t('form.url.use_inbox')}
    </TextButton>
  );
}
