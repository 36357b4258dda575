import { Field, Flex, Radio } from '@strapi/design-system';
import { EntryPicker } from '../../entry/EntryPicker';
import { EventSelect } from '../../events/EventSelect';
import { useText } from '../../text/useText';
import { WebhookSelect } from '../../webhooks/WebhookSelect';
import type { WhyAsked, WhyForm } from './useWhyForm';

/** What is asked: of which webhook, which event, which entry. */
export function WhyQuestion({ asked, form }: { asked: WhyAsked; form: WhyForm }) {
  const { t } = useText();
  const { webhook, event, events, scope, entry } = form;
  const mayChooseEntry = !asked.entry && event?.uid;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {!asked.webhook && (
        <Field.Root name="webhook" required>
          <Field.Label>{t('trigger.webhook')}</Field.Label>
          <WebhookSelect value={webhook?.id} first={asked.entry?.uid} onChange={form.chooseWebhook} />
        </Field.Root>
      )}
      <EventSelect events={events} value={event?.type} onChange={form.chooseEvent} />
      {mayChooseEntry && (
        <Field.Root>
          <Field.Label>{t('why.scope')}</Field.Label>
          <Radio.Group
            aria-label={t('why.scope')}
            value={scope}
            onValueChange={(chosen) => form.chooseScope(chosen === 'entry' ? 'entry' : 'any')}
          >
            <Radio.Item value="any">{t('why.scope.any')}</Radio.Item>
            <Radio.Item value="entry">{t('why.scope.entry')}</Radio.Item>
          </Radio.Group>
        </Field.Root>
      )}
      {mayChooseEntry && scope === 'entry' && (
        <EntryPicker key={event.uid} uid={event.uid ?? ''} value={entry} onChange={form.chooseEntry} />
      )}
    </Flex>
  );
}
