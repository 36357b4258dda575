import { webhookHeader, webhookInput, templateSecret, type WebhookInput } from '../../../../../contracts';
import { leadsElsewhere, type StoredWebhook, type WebhookFormState } from '../webhook-form';

// What is missing for a preview alone; a request that is shown is sent nowhere, and the values of secrets are masked in it.
const someSecret = '••••••••';
const someUrl = 'https://example.com/';
const someName = '…';

/**
 * The form as far as a preview needs it: what is not filled in yet, and what decides about other things than the request,
 * is left out. `secrets`: names that the template needs, entered or not. Null where no request can be shown: its URL or the template itself is refused.
 */
export function previewable(
  form: WebhookFormState,
  stored: StoredWebhook,
  secrets: readonly string[] = [],
): WebhookInput | null {
  const isMoved = stored !== null && leadsElsewhere(form, stored);
  const isSendable = (value: string | null) => value !== null || (stored !== null && !isMoved);
  const entered = form.templateSecrets.filter(
    (secret) => templateSecret.safeParse(secret).success && isSendable(secret.value),
  );
  const parsed = webhookInput.safeParse({
    ...form,
    name: form.name.trim() || someName,
    url: form.url.trim() || someUrl,
    headers: form.headers.filter(
      (header) => webhookHeader.safeParse(header).success && isSendable(header.value) && isLongEnough(header),
    ),
    templateSecrets: [
      ...entered,
      ...secrets
        .filter((needed) => !entered.some(({ name }) => name === needed))
        .map((name) => ({ name, value: someSecret })),
    ],
    conditions: null,
    timeoutSeconds: null,
    retryScheduleSeconds: null,
    rateLimit: null,
  });
  return parsed.success ? parsed.data : null;
}

const isLongEnough = ({ secret, value }: { secret: boolean; value: string | null }): boolean =>
  !secret || value === null || templateSecret.shape.value.safeParse(value).success;
