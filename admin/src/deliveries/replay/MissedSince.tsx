import { useEffect, useState } from 'react';
import { Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useAllowed } from '../../api/useAllowed';
import { useText } from '../../text/useText';
import { WebhookSelect } from '../../webhooks/WebhookSelect';
import type { ReplayQuestion } from '../api';

/** Hours back. */
const periods = [1, 8, 24, 72, 168, 336, 720] as const;
const hourMs = 3_600_000;

interface MissedSinceProps {
  webhook?: number;
  onChange: (question: ReplayQuestion) => void;
}

/** Since when, and for which webhook. */
export function MissedSince({ webhook, onChange }: MissedSinceProps) {
  const { t, intl } = useText();
  const allowed = useAllowed();
  const [now] = useState(() => Date.now());
  const [hours, setHours] = useState<number>(24);
  const [chosen, setChosen] = useState(webhook);

  useEffect(() => {
    onChange({
      since: now - hours * hourMs,
      ...(chosen === undefined ? {} : { webhook: chosen }),
    });
  }, [now, hours, chosen, onChange]);

  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Field.Root hint={intl.formatDate(now - hours * hourMs, { dateStyle: 'full', timeStyle: 'short' })}>
        <Field.Label>{t('replay.since')}</Field.Label>
        <SingleSelect value={String(hours)} onChange={(value) => setHours(Number(value))}>
          {periods.map((period) => (
            <SingleSelectOption key={period} value={String(period)}>
              {period < 72
                ? t('replay.hours_ago', { count: period })
                : t('replay.days_ago', { count: period / 24 })}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Field.Hint />
      </Field.Root>
      {allowed.read && (
        <Field.Root>
          <Field.Label>{t('filter.webhook')}</Field.Label>
          <WebhookSelect
            value={chosen}
            placeholder={t('filter.all')}
            onChange={({ id }) => setChosen(id)}
            onClear={() => setChosen(undefined)}
          />
        </Field.Root>
      )}
    </Flex>
  );
}
