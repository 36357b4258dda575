import type { ReactNode } from 'react';
import { Badge, Box, Flex, Tabs, Typography } from '@strapi/design-system';
import type { HttpExchange } from '../../../contracts';
import { useText } from '../text/useText';
import { CopyButton } from '../ui/code/CopyButton';
import { Mono } from '../ui/Mono';
import { Body } from './Body';
import { asCurl } from './curl';
import { HeaderTable } from './HeaderTable';
import { statusWords } from './status-words';

interface ExchangeTabsProps {
  exchange: HttpExchange;
  /** The technical text of a failure without a response. */
  error: string | null;
  first: 'request' | 'response';
}

/** What came back, and what was sent. */
export function ExchangeTabs({ exchange, error, first }: ExchangeTabsProps) {
  const { t } = useText();
  return (
    <Tabs.Root variant="simple" defaultValue={first}>
      <Tabs.List aria-label={t('http.exchange')}>
        <Tabs.Trigger value="response">{t('http.response')}</Tabs.Trigger>
        <Tabs.Trigger value="request">{t('http.request')}</Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="request">
        <Request request={exchange.request} />
      </Tabs.Content>
      <Tabs.Content value="response">
        <Response response={exchange.response} error={error} />
      </Tabs.Content>
    </Tabs.Root>
  );
}

function Request({ request }: { request: HttpExchange['request'] }) {
  const { t } = useText();
  const headers = Object.entries(request.headers);
  return (
    <Flex direction="column" alignItems="stretch" gap={4} paddingTop={4}>
      <Flex justifyContent="space-between" gap={2} alignItems="flex-start" wrap="wrap">
        <Flex gap={2} alignItems="flex-start" flex="1 1 26rem">
          <Badge size="S" shrink={0}>
            {request.method}
          </Badge>
          <Mono variant="pi">{request.url}</Mono>
        </Flex>
        <Box shrink={0}>
          <CopyButton value={asCurl({ ...request, headers })} label={t('copy.curl')} />
        </Box>
      </Flex>
      <Part title={t('http.headers')}>
        <HeaderTable headers={headers} />
      </Part>
      <Part title={t('http.body')}>
        <Body text={request.body} label={t('http.request_body')} />
      </Part>
    </Flex>
  );
}

function Response({ response, error }: { response: HttpExchange['response']; error: string | null }) {
  const { t } = useText();
  if (!response) {
    return (
      <Flex direction="column" alignItems="stretch" gap={2} paddingTop={4}>
        <Typography>{t('http.no_response')}</Typography>
        {error && (
          <Mono variant="pi" textColor="neutral600">
            {error}
          </Mono>
        )}
      </Flex>
    );
  }
  return (
    <Flex direction="column" alignItems="stretch" gap={4} paddingTop={4}>
      <Mono variant="pi" fontWeight="bold">
        {statusWords(response.status, response.statusText)}
      </Mono>
      <Part title={t('http.headers')}>
        <HeaderTable headers={Object.entries(response.headers)} />
      </Part>
      <Part title={t('http.body')}>
        <Body text={response.body} label={t('http.response_body')} />
        {response.truncated && (
          <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={2}>
            {t('http.truncated')}
          </Typography>
        )}
      </Part>
    </Flex>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box>
      <Typography variant="pi" fontWeight="bold" tag="h3" paddingBottom={2} display="block">
        {title}
      </Typography>
      {children}
    </Box>
  );
}
