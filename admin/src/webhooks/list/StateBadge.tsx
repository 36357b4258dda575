import { Flex } from '@strapi/design-system';
import { CheckCircle, Clock, CrossCircle, MinusCircle } from '@strapi/icons';
import type { WebhookState } from '../../../../contracts';
import { useText } from '../../text/useText';
import { ReadableBadge } from '../../ui/ReadableBadge';
import { stateOf } from '../trouble';

// A shape of its own for each: in the dark theme the grounds of all badges are the same.
const icons = { success: CheckCircle, neutral: MinusCircle, warning: Clock, danger: CrossCircle } as const;

/** The state of a webhook in a word, with its colour and shape. */
export function StateBadge({ webhook }: { webhook: { state: WebhookState } }) {
  const { t } = useText();
  const { text, tone } = stateOf(webhook);
  const Icon = icons[tone];
  return (
    <ReadableBadge size="S" variant={tone}>
      <Flex tag="span" gap={1} inline>
        <Icon aria-hidden width="1rem" height="1rem" fill={`${tone}600`} style={{ flex: 'none' }} />
        {t(text)}
      </Flex>
    </ReadableBadge>
  );
}
