import { Box, Typography } from '@strapi/design-system';
import type { TestResult } from '../../../../contracts';
import { useCatalog } from '../../hooks/useCatalog';
import { useDuration } from '../../hooks/useDuration';
import { useFailureSentences } from '../../hooks/useFailureSentences';
import { useText } from '../../hooks/useText';
import { statusWords } from '../../wording/status-words';
import { ExchangeTabs } from '../http/ExchangeTabs';
import { Verdict } from './Verdict';

/** After the test: what was sent, the verdict, and the evidence. */
export function TestOutcome({ result, withEntry }: { result: TestResult; withEntry: boolean }) {
  const { rich } = useText();
  const { nameOf } = useCatalog();
  return (
    <Box>
      <Typography tag="p" paddingBottom={4} display="block">
        {rich(withEntry ? 'test.sent_entry' : 'test.sent', {
          event: nameOf(result.eventType),
          host: result.host,
          b: (words) => <b>{words}</b>,
        })}
      </Typography>
      <TestVerdict result={result} />
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

function TestVerdict({ result }: { result: TestResult }) {
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
  const { short, cause, remedy } = sentencesOf({ code: code ?? 'internal', status, host, durationMs });
  const answer = response ? statusWords(response.status, response.statusText) : short;
  return (
    <Verdict
      good={false}
      title={t(response ? 'test.answer_in' : 'test.no_answer', { answer, duration: took })}
    >
      <Typography tag="p">{rich('test.why', { cause, b })}</Typography>
      <Typography tag="p">{rich('test.what_to_do', { remedy, b })}</Typography>
    </Verdict>
  );
}
