import { useEffect, useState } from 'react';
import { Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useAllowed } from '../../hooks/useAllowed';
import { useText } from '../../hooks/useText';
import { useWebhooks } from '../../services/webhooks';
import type { ReplayQuestion } from '../../services/replays';

/** Hours back. */
const periods = [1, 8, 24, 72, 168, 336, 720] as const;
const hourMs = 3_600_000;
const webhooksInChoice = 100;
const allWebhooks = 'all';

interface MissedSinceProps {
  webhook?: number;
  onChange: (question: ReplayQuestion) => void;
}

/** Since when, and for which webhook. */
export function MissedSince({ webhook, onChange }: MissedSinceProps) {
  const { t, intl } = useText();
  const allowed = useAllowed();
  const { data } = useWebhooks({ pageSize: webhooksInChoice }, { skip: !allowed.read });
  const [now] = useState(() => Date.now());
  const [hours, setHours] = useState<number>(24);
  const [chosen, setChosen] = useState(webhook === undefined ? allWebhooks : String(webhook));

  useEffect(() => {
    onChange({
      since: now - hours * hourMs,
      ...(chosen === allWebhooks ? {} : { webhook: Number(chosen) }),
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
          <SingleSelect value={chosen} onChange={(value) => setChosen(String(value))}>
            <SingleSelectOption value={allWebhooks}>{t('filter.all')}</SingleSelectOption>
            {(data?.results ?? []).map(({ id, name }) => (
              <SingleSelectOption key={id} value={String(id)}>
                {name}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
      )}
    </Flex>
  );
}
