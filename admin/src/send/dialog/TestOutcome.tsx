import { Box, Typography } from '@strapi/design-system';
import { wasRequested, type TestResult, type TestSent } from '../../../../contracts';
import { SendWaiting } from '../../deliveries/SendWaiting';
import { useCatalog } from '../../events/useCatalog';
import { FailureRemedies } from '../../failures/FailureRemedies';
import { SignatureHelp } from '../../failures/SignatureHelp';
import { useFailureSentences } from '../../failures/useFailureSentences';
import { ExchangeTabs } from '../../http/ExchangeTabs';
import { statusWords } from '../../http/status-words';
import { useDuration } from '../../text/useDuration';
import { useText } from '../../text/useText';
import { Verdict } from './Verdict';

interface TestOutcomeProps {
  result: TestResult;
  /** Undefined where it is not saved yet. */
  webhookId: number | undefined;
  withEntry: boolean;
}

/** After the test: what was sent, the result, and request and response. */
export function TestOutcome({ result, webhookId, withEntry }: TestOutcomeProps) {
  const { rich } = useText();
  const { nameOf } = useCatalog();
  return (
    <Box>
      <Typography tag="p" paddingBottom={4} display="block">
        {rich(!wasRequested(result.code) ? 'test.not_made' : withEntry ? 'test.sent_entry' : 'test.sent', {
          event: nameOf(result.eventType),
          host: result.host,
          b: (words) => <b>{words}</b>,
        })}
      </Typography>
      <TestVerdict result={result} webhookId={webhookId} />
      {result.ok && webhookId !== undefined && (
        <Box paddingTop={4}>
          <SendWaiting webhookId={webhookId} />
        </Box>
      )}
      <Box paddingTop={4}>
        <ExchangeTabs
          key={result.messageId}
          exchange={result}
          error={result.error}
          first={result.ok ? 'request' : 'response'}
        />
      </Box>
    </Box>
  );
}

/** Without permission to see webhooks: only that it was sent. */
export function TestSentOnly({ sent }: { sent: TestSent }) {
  const { t } = useText();
  return (
    <Box>
      <Typography tag="p" fontWeight="bold">
        {t('test.sent_title')}
      </Typography>
      <Typography tag="p">{t('test.sent_hidden')}</Typography>
      {sent.deliveryId !== null && (
        <Typography tag="p">{t('test.sent_log', { id: String(sent.deliveryId) })}</Typography>
      )}
    </Box>
  );
}

function TestVerdict({ result, webhookId }: Pick<TestOutcomeProps, 'result' | 'webhookId'>) {
  const { t, rich } = useText();
  const duration = useDuration();
  const sentencesOf = useFailureSentences();
  const { ok, host, code, response, durationMs } = result;
  const took = duration(durationMs);
  const b = (words: React.ReactNode[]) => <b>{words}</b>;

  if (ok) {
    const answer = response ? statusWords(response.status, response.statusText) : 'OK';
    return (
      <Verdict good title={t('test.answer_in', { answer, duration: took })}>
        <Typography tag="p">{t('test.success', { host })}</Typography>
      </Verdict>
    );
  }
  const status = response?.status ?? null;
  const { short, cause, remedy } = sentencesOf({
    ...{ code: code ?? 'internal', status, host, durationMs },
    answer: response?.body,
  });
  const answer = response ? statusWords(response.status, response.statusText) : short;
  return (
    <Verdict
      good={false}
      title={t(response ? 'test.answer_in' : 'test.no_answer', { answer, duration: took })}
    >
      <Typography tag="p">{rich('test.why', { cause, b })}</Typography>
      <Typography tag="p">{rich('test.what_to_do', { remedy, b })}</Typography>
      <SignatureHelp code={code} answer={response?.body} webhookId={webhookId} />
      {webhookId !== undefined && (
        <FailureRemedies
          webhookId={webhookId}
          failure={{ code: code ?? 'internal', status }}
          exchange={result}
        />
      )}
    </Verdict>
  );
}
