import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, CrossCircle, Information } from '@strapi/icons';
import type { EventTypeView, WebhookView, WhyView } from '../../../../contracts';
import { useStatusText } from '../../deliveries/useStatusText';
import { useText } from '../../text/useText';
import { stepsOf, type WhyStep } from './why-words';

const icons = {
  yes: CheckCircle,
  no: CrossCircle,
  unknown: Information,
} as const;
const colours = {
  yes: 'success600',
  no: 'danger600',
  unknown: 'neutral600',
} as const;

interface WhyStepsProps {
  view: WhyView;
  webhook: WebhookView;
  event: EventTypeView;
}

/** The way of an event, from the change to the receiver. */
export function WhySteps({ view, webhook, event }: WhyStepsProps) {
  const { t } = useText();
  const statusText = useStatusText();
  const standing = view.events[0]?.standing;
  const answer = (standing && statusText({ ...standing, host: webhook.host }).reason) ?? '';
  const values = { event: event.displayName, webhook: webhook.name, answer };
  return (
    <Box>
      <Typography variant="sigma" textColor="neutral600" tag="h3" paddingBottom={2} display="block">
        {t('why.steps')}
      </Typography>
      <ol>
        {stepsOf(view).map((step) => (
          <Step key={step.name} step={step} values={values} />
        ))}
      </ol>
    </Box>
  );
}

function Step({ step, values }: { step: WhyStep; values: Record<string, string> }) {
  const { t } = useText();
  const Icon = icons[step.answer];
  return (
    <Flex tag="li" gap={3} alignItems="flex-start" paddingTop={1} paddingBottom={1}>
      <Icon
        role="img"
        aria-label={t(`why.step.${step.answer}`)}
        fill={colours[step.answer]}
        style={{ flex: 'none', marginTop: '0.2rem' }}
      />
      <Typography>{t(step.text, values)}</Typography>
    </Flex>
  );
}
