import { Box, Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import type { InboxView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { statusWords } from '../../http/status-words';
import { useText } from '../../text/useText';
import { useInboxActions } from './useInboxActions';

const statuses = [200, 204, 400, 404, 410, 429, 500, 503];
const delays = [0, 2, 5, 20, 30];

// A value that was set by the API and is not among the usual ones is shown too.
const withCurrent = (values: number[], current: number) =>
  values.includes(current) ? values : [...values, current].sort((one, other) => one - other);

/** The response of the inbox, and its delay. */
export function AnswerFields({ inbox }: { inbox: InboxView }) {
  const { t } = useText();
  const allowed = useAllowed();
  const { answer } = useInboxActions();
  return (
    <Flex gap={3} alignItems="flex-start">
      <Box flex="1" minWidth={0}>
        <Field.Root name="answerStatus">
          <Field.Label>{t('inbox.answers')}</Field.Label>
          <SingleSelect
            value={String(inbox.answerStatus)}
            disabled={!allowed.inboxManage}
            onChange={(status) => answer(inbox, { answerStatus: Number(status) })}
          >
            {withCurrent(statuses, inbox.answerStatus).map((status) => (
              <SingleSelectOption key={status} value={String(status)}>
                {statusWords(status)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
      </Box>
      <Box flex="1" minWidth={0}>
        <Field.Root name="answerDelay">
          <Field.Label>{t('inbox.after')}</Field.Label>
          <SingleSelect
            value={String(inbox.answerDelaySeconds)}
            disabled={!allowed.inboxManage}
            onChange={(seconds) => answer(inbox, { answerDelaySeconds: Number(seconds) })}
          >
            {withCurrent(delays, inbox.answerDelaySeconds).map((seconds) => (
              <SingleSelectOption key={seconds} value={String(seconds)}>
                {t('inbox.delay', { seconds })}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
      </Box>
    </Flex>
  );
}
