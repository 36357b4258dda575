import { useState } from 'react';
import { useDebounce } from '@strapi/strapi/admin';
import type { WebhookView } from '../../../contracts';
import { shortUrl } from '../text/short-url';
import { useText } from '../text/useText';
import { SearchSelect } from '../ui/filter/SearchSelect';
import { useWebhook, useWebhooks } from './api';

const typingPauseMs = 300;
// A screenful: the rest is found by typing.
const offeredAtMost = 30;

interface WebhookSelectProps {
  value: number | undefined;
  onChange: (webhook: WebhookView) => void;
  onClear?: () => void;
  size?: 'S' | 'M';
  placeholder?: string;
  /** A content type: webhooks that are sent its events come first. */
  first?: string;
}

/** A webhook, found by name or address. The server searches: there may be any number of them. */
export function WebhookSelect({ value, onChange, onClear, first, ...rest }: WebhookSelectProps) {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const search = useDebounce(typed, typingPauseMs).trim();
  const { data, isFetching, isError } = useWebhooks({
    pageSize: offeredAtMost,
    ...(search && { search: search.slice(0, 200) }),
    ...(first && { first }),
  });
  const results = data?.results ?? [];
  const isOffered = results.some(({ id }) => id === value);
  const { data: chosen } = useWebhook(value ?? 0, { skip: value === undefined || isOffered });

  // What is chosen stays among them, but for the moment in which another one is looked for.
  const webhooks = chosen && !isOffered && typed === '' ? [...results, chosen] : results;
  const choices = webhooks.map(({ id, name, url }) => ({
    value: String(id),
    label: `${name} (${shortUrl(url)})`,
  }));
  return (
    <SearchSelect
      {...rest}
      choices={choices}
      value={value === undefined ? undefined : String(value)}
      onChange={(id) => {
        const webhook = webhooks.find((known) => String(known.id) === id);
        if (webhook) onChange(webhook);
      }}
      onClear={onClear}
      onSearch={setTyped}
      loading={isFetching}
      placeholder={rest.placeholder ?? t('choose.webhook')}
      none={isError ? t('state.error') : undefined}
      more={(data?.pagination.total ?? 0) - results.length}
    />
  );
}
