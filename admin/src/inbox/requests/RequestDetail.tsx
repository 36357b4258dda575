import { useState } from 'react';
import { Box, Flex, TextButton, Typography } from '@strapi/design-system';
import type { InboxRequestDetail, InboxView } from '../../../../contracts';
import { ErrorPart, LoadingPart } from '../../api/States';
import { Body } from '../../http/Body';
import { asCurl } from '../../http/curl';
import { HeaderTable } from '../../http/HeaderTable';
import { parseJson } from '../../http/json-text';
import { statusWords } from '../../http/status-words';
import { useDuration } from '../../text/useDuration';
import { useText } from '../../text/useText';
import { CopyButton } from '../../ui/code/CopyButton';
import { ReadableBadge } from '../../ui/ReadableBadge';
import { useInboxRequest } from '../api';
import { jsonTree } from './json-tree';
import { JsonTree } from './JsonTree';
import { SignatureNote } from './SignatureNote';

/** One request that the inbox received. */
export function RequestDetail({ inbox, id }: { inbox: InboxView; id: number }) {
  const { currentData, error, refetch } = useInboxRequest({ token: inbox.token, id });
  if (currentData) return <Detail key={id} inbox={inbox} request={currentData} />;
  return error ? <ErrorPart error={error} onRetry={refetch} /> : <LoadingPart />;
}

function Detail({ inbox, request }: { inbox: InboxView; request: InboxRequestDetail }) {
  const { t, intl } = useText();
  const duration = useDuration();
  const search = request.query === '' ? '' : `?${request.query.replace(/^\?/, '')}`;
  const url = `${inbox.url}${search}`;
  const facts = [
    intl.formatDate(request.receivedAt, { dateStyle: 'medium', timeStyle: 'medium' }),
    t('inbox.bytes', { count: request.bodyBytes }),
    t('inbox.answered', {
      status: statusWords(request.answeredStatus),
      duration: duration(request.answeredAfterMs),
    }),
  ];
  return (
    <Flex direction="column" alignItems="stretch" gap={5} padding={6}>
      <div>
        <Flex justifyContent="space-between" gap={4} wrap="wrap">
          <Flex gap={3}>
            <ReadableBadge variant="primary">{request.method}</ReadableBadge>
            <Typography variant="beta" tag="h2">
              {request.eventType ?? t('inbox.no_event')}
            </Typography>
          </Flex>
          <CopyButton
            look="button"
            label={t('copy.curl')}
            value={asCurl({ method: request.method, url, headers: request.headers, body: request.body })}
          />
        </Flex>
        <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={1}>
          {facts.join(' · ')}
        </Typography>
      </div>
      <SignatureNote signature={request.signature} />
      {request.tooLarge && <Typography textColor="danger600">{t('inbox.too_large')}</Typography>}
      <Box>
        <Flex justifyContent="space-between" paddingBottom={2}>
          <Typography fontWeight="bold" tag="h3">
            {t('http.headers')}
          </Typography>
          <CopyButton value={request.headers.map(([name, value]) => `${name}: ${value}`).join('\n')} />
        </Flex>
        <HeaderTable headers={request.headers} />
      </Box>
      <RequestBody text={request.body} />
    </Flex>
  );
}

function RequestBody({ text }: { text: string }) {
  const { t } = useText();
  const [isUnfolded, setUnfolded] = useState(false);
  const parsed = parseJson(text);
  const isTree = typeof parsed === 'object' && parsed !== null;
  const root = isTree ? jsonTree('', parsed) : null;
  return (
    <Box>
      <Flex justifyContent="space-between" gap={4} paddingBottom={2}>
        <Typography fontWeight="bold" tag="h3">
          {t('http.body')}
        </Typography>
        {isTree && (
          <Flex gap={4}>
            <TextButton onClick={() => setUnfolded(!isUnfolded)}>
              {t(isUnfolded ? 'tree.fold' : 'tree.unfold')}
            </TextButton>
            <CopyButton value={text} />
          </Flex>
        )}
      </Flex>
      {root?.kind === 'branch' ? (
        <Box background="neutral100" hasRadius padding={4} paddingLeft={0}>
          <JsonTree key={String(isUnfolded)} nodes={root.children} isUnfolded={isUnfolded} />
        </Box>
      ) : (
        <Body text={text} label={t('http.body')} />
      )}
    </Box>
  );
}
