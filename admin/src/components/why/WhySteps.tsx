import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, CrossCircle, Information, Minus } from '@strapi/icons';
import type { EventTypeView, WebhookView, WhyView } from '../../../../contracts';
import { useText } from '../../hooks/useText';
import { stepsOf, type WhyStep } from '../../wording/why-words';

const icons = {
  yes: CheckCircle,
  no: CrossCircle,
  unknown: Information,
  not_reached: Minus,
} as const;
const colours = {
  yes: 'success600',
  no: 'danger600',
  unknown: 'neutral600',
  not_reached: 'neutral500',
} as const;

interface WhyStepsProps {
  view: WhyView;
  webhook: WebhookView;
  event: EventTypeView;
}

/** The way of an event, from the change to the receiver. */
export function WhySteps({ view, webhook, event }: WhyStepsProps) {
  const { t } = useText();
  return (
    <Box>
      <Typography variant="sigma" textColor="neutral600" tag="h3" paddingBottom={2} display="block">
        {t('why.steps')}
      </Typography>
      <ol>
        {stepsOf(view).map((step) => (
          <Step key={step.name} step={step} values={{ event: event.displayName, webhook: webhook.name }} />
        ))}
      </ol>
    </Box>
  );
}

function Step({ step, values }: { step: WhyStep; values: { event: string; webhook: string } }) {
  const { t } = useText();
  const Icon = icons[step.answer];
  const isQuiet = step.answer === 'not_reached';
  return (
    <Flex tag="li" gap={3} alignItems="flex-start" paddingTop={1} paddingBottom={1}>
      <Icon
        role="img"
        aria-label={t(`why.step.${step.answer}`)}
        fill={colours[step.answer]}
        style={{ flex: 'none', marginTop: '0.2rem' }}
      />
      <Typography textColor={isQuiet ? 'neutral600' : 'neutral800'}>
        {isQuiet ? t('why.not_reached', { step: t(step.text) }) : t(step.text, values)}
      </Typography>
    </Flex>
  );
}
