import { useState, type ReactNode } from 'react';
import type { WebhookView } from '../../../../contracts';
import { TestDialog, type TestTarget } from '../../send/TestDialog';
import { useWebhookForm } from './useWebhookForm';
import { checkForm, hostOf } from './webhook-form';

/** A test event with the values of the form, which are not saved by it. */
export function useTestOfForm(webhook: WebhookView | null): {
  openTest: () => Promise<void>;
  dialog: ReactNode;
} {
  const { values, validate } = useWebhookForm();
  const [target, setTarget] = useState<TestTarget | null>(null);
  const openTest = async () => {
    const { errors } = await validate();
    const { input } = checkForm(values, webhook);
    if (errors || !input) return;
    setTarget({
      webhookId: webhook?.id,
      webhook: input,
      host: hostOf(input.url) ?? input.url,
      events: input.events,
    });
  };
  return { openTest, dialog: target && <TestDialog target={target} onClose={() => setTarget(null)} /> };
}
