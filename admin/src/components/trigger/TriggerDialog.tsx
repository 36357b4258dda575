import { useEffect, useRef, type ReactNode } from 'react';
import { Button, Flex, Loader, Modal, Typography } from '@strapi/design-system';
import { Lightning } from '@strapi/icons';
import type { EntryReference, WebhookView } from '../../../../contracts';
import { useFocusBack } from '../../hooks/useFocusBack';
import { useRefusalSentences } from '../../hooks/useRefusalSentences';
import { useText } from '../../hooks/useText';
import { useTrigger } from '../../services/webhooks';
import { Verdict } from '../test-dialog/Verdict';
import { TriggerOutcome } from './TriggerOutcome';
import { isOff, TriggerPreparation } from './TriggerPreparation';
import { useTriggerForm } from './useTriggerForm';

interface TriggerDialogProps {
  webhook: WebhookView;
  /** Null where it is chosen in the dialog. */
  entry: EntryReference | null;
  onClose: () => void;
  /** Stands above everything: the choice of the webhook, where the dialog begins with an entry. */
  children?: ReactNode;
}

const noSubscriptions: readonly string[] = [];

/** *Trigger now*: a real delivery, by hand. */
export function TriggerDialog({ webhook, entry, onClose, children }: TriggerDialogProps) {
  useFocusBack();
  const { t } = useText();
  const form = useTriggerForm(webhook.events ?? noSubscriptions, entry);
  const sendButton = useRef<HTMLButtonElement>(null);
  const [trigger, { data, error: refusal, isLoading, originalArgs, reset }] = useTrigger();
  // What was said of one webhook is not about another.
  const isOfThis = originalArgs?.id === webhook.id;
  const result = isOfThis ? data : undefined;
  const error = isOfThis ? refusal : undefined;

  // A button that waits cannot hold the focus; it gets it back with the answer.
  useEffect(() => {
    if (!isLoading) sendButton.current?.focus();
  }, [isLoading]);

  const send = () => {
    if (!form.input) return;
    reset();
    void trigger({ id: webhook.id, input: form.input });
  };
  const isAnswered = result !== undefined || error !== undefined;

  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content aria-describedby={undefined}>
        <Modal.Header closeLabel={t('close')}>
          <Modal.Title>{t('trigger.title')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={5}>
            {children}
            <div aria-live="polite">
              {isLoading || form.isLoading ? (
                <Flex justifyContent="center" padding={10}>
                  <Loader>{t('trigger.sending')}</Loader>
                </Flex>
              ) : error ? (
                <Refused error={error} />
              ) : result ? (
                <TriggerOutcome result={result} host={webhook.host} />
              ) : (
                <TriggerPreparation webhook={webhook} form={form} isGiven={entry !== null} />
              )}
            </div>
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {t('close')}
          </Button>
          {isAnswered && !isLoading ? (
            <Button ref={sendButton} variant="secondary" onClick={reset}>
              {t('trigger.again')}
            </Button>
          ) : (
            <Button
              ref={sendButton}
              startIcon={<Lightning aria-hidden />}
              loading={isLoading}
              disabled={!form.input || isOff(webhook)}
              onClick={send}
            >
              {t('trigger.send')}
            </Button>
          )}
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}

function Refused({ error }: { error: unknown }) {
  const { t } = useText();
  const sentences = useRefusalSentences(error);
  return (
    <Verdict good={false} title={t('trigger.refused')}>
      {sentences.map((sentence) => (
        <Typography key={sentence} tag="p">
          {sentence}
        </Typography>
      ))}
    </Verdict>
  );
}
