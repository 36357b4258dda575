import { Flex, Loader, Typography } from '@strapi/design-system';
import { ErrorPart } from '../api/States';
import { usePolling } from '../api/usePolling';
import { useText } from '../text/useText';
import { DialogFrame } from '../ui/dialog/DialogFrame';
import { useCloseElsewhere } from '../ui/dialog/useCloseElsewhere';
import { isUnderWay } from './answer/why-words';
import { WhyAnswer } from './answer/WhyAnswer';
import { useWhy } from './api';
import { useWhyForm, type WhyAsked } from './question/useWhyForm';
import { WhyQuestion } from './question/WhyQuestion';

export type { WhyAsked };

/** *Why did it not fire?* Of a webhook, an entry or an event, and whatever of these is not given is chosen here. */
export function WhyDialog({ asked, onClose }: { asked: WhyAsked; onClose: () => void }) {
  useCloseElsewhere(onClose);
  const { t } = useText();
  const form = useWhyForm(asked);
  const { webhook, event, question } = form;
  return (
    <DialogFrame
      title={asked.webhook ? t('why.title_of', { name: asked.webhook.name }) : t('why.title')}
      close={t('close')}
      onClose={onClose}
    >
      {form.isLoading ? (
        <Flex justifyContent="center" padding={10}>
          <Loader>{t('why.asking')}</Loader>
        </Flex>
      ) : !webhook && form.error ? (
        <ErrorPart error={form.error} onRetry={form.refetch} />
      ) : !webhook ? (
        <Typography tag="p">{t('why.no_webhook')}</Typography>
      ) : (
        <Flex direction="column" alignItems="stretch" gap={6}>
          <WhyQuestion asked={asked} form={form} />
          {question && event && <Asked question={question} webhook={webhook} event={event} />}
        </Flex>
      )}
    </DialogFrame>
  );
}

/** While an event is on its way the answer changes by itself. */
const lookAgainMs = 1500;

interface AskedProps extends Omit<Parameters<typeof WhyAnswer>[0], 'view'> {
  question: Parameters<typeof useWhy>[0] & object;
}

function Asked({ question, webhook, event }: AskedProps) {
  const { t } = useText();
  const { currentData, error, refetch } = useWhy(question);
  usePolling(refetch, currentData && isUnderWay(currentData) ? lookAgainMs : null);
  if (error) return <ErrorPart error={error} onRetry={refetch} />;
  if (!currentData) return <Loader small>{t('why.asking')}</Loader>;
  return <WhyAnswer view={currentData} webhook={webhook} event={event} />;
}
