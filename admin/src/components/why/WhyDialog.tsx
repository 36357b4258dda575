import { useEffect, useState } from 'react';
import { Button, Flex, Loader, Modal, Typography } from '@strapi/design-system';
import { useFocusBack } from '../../hooks/useFocusBack';
import { useText } from '../../hooks/useText';
import { useWhy } from '../../services/webhooks';
import { isUnderWay } from '../../wording/why-words';
import { ErrorPart } from '../States';
import { useWhyForm, type WhyAsked } from './useWhyForm';
import { WhyAnswer } from './WhyAnswer';
import { WhyQuestion } from './WhyQuestion';

/** *Why did it not fire?* Of a webhook, an entry or an event, and whatever of these is not given is chosen here. */
export function WhyDialog({ asked, onClose }: { asked: WhyAsked; onClose: () => void }) {
  useFocusBack();
  const { t } = useText();
  const form = useWhyForm(asked);
  const { webhook, event, question } = form;
  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content aria-describedby={undefined}>
        <Modal.Header closeLabel={t('close')}>
          <Modal.Title>
            {asked.webhook ? t('why.title_of', { name: asked.webhook.name }) : t('why.title')}
          </Modal.Title>
        </Modal.Header>
        <Modal.Body>
          {form.isLoading ? (
            <Flex justifyContent="center" padding={10}>
              <Loader>{t('why.asking')}</Loader>
            </Flex>
          ) : !webhook ? (
            <Typography tag="p">{t('why.no_webhook')}</Typography>
          ) : (
            <Flex direction="column" alignItems="stretch" gap={6}>
              <WhyQuestion asked={asked} form={form} />
              {question && event && <Asked question={question} webhook={webhook} event={event} />}
            </Flex>
          )}
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {t('close')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}

/** While an event is on its way the answer changes by itself. */
const lookAgainMs = 1500;

interface AskedProps extends Omit<Parameters<typeof WhyAnswer>[0], 'view'> {
  question: Parameters<typeof useWhy>[0] & object;
}

function Asked({ question, webhook, event }: AskedProps) {
  const { t } = useText();
  const [pollingInterval, setPolling] = useState(0);
  const { currentData, error, refetch } = useWhy(question, { pollingInterval });
  const isMoving = currentData !== undefined && isUnderWay(currentData);
  useEffect(() => setPolling(isMoving ? lookAgainMs : 0), [isMoving]);
  if (error) return <ErrorPart error={error} onRetry={refetch} />;
  if (!currentData) return <Loader small>{t('why.asking')}</Loader>;
  return <WhyAnswer view={currentData} webhook={webhook} event={event} />;
}
