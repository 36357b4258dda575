import { Button, Flex, LinkButton, Typography } from '@strapi/design-system';
import { ArrowClockwise, Key, Pencil, WarningCircle } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { WebhookView } from '../../../contracts';
import { useAllowed } from '../hooks/useAllowed';
import { useText } from '../hooks/useText';
import { pluginPath } from '../pluginId';
import { attentionOf } from '../wording/attention';

interface AttentionStripProps {
  webhook: WebhookView;
  onTurnOn: () => void;
  /** On the webhook's own page its remedies are in sight; only turning on needs a button there. */
  isOwnPage?: boolean;
}

/** What is wrong with a webhook in one line, and its one remedy. */
export function AttentionStrip({ webhook, onTurnOn, isOwnPage = false }: AttentionStripProps) {
  const { t, rich } = useText();
  const allowed = useAllowed();
  const attention = attentionOf(webhook);
  if (!attention) return null;
  const isLink = attention.remedy !== 'turn_on' && !isOwnPage && allowed.update;

  return (
    <Flex
      role="status"
      justifyContent="space-between"
      gap={4}
      wrap="wrap"
      background="warning100"
      borderColor="warning200"
      hasRadius
      padding={2}
      paddingLeft={3}
    >
      <Flex gap={2} flex="1" minWidth="20rem">
        <WarningCircle aria-hidden fill="warning600" style={{ flex: 'none' }} />
        <Typography variant="pi">
          {rich('attention.line', {
            b: (words) => <b>{words}</b>,
            reason: t(attention.text, attention.values),
            missed: webhook.missed > 0 ? t('attention.missed', { count: webhook.missed }) : '',
          })}
        </Typography>
      </Flex>
      {attention.remedy === 'turn_on' && allowed.update && (
        <Button variant="tertiary" startIcon={<ArrowClockwise aria-hidden />} onClick={onTurnOn}>
          {t('attention.turn_on')}
        </Button>
      )}
      {isLink && (
        <LinkButton
          tag={Link}
          to={`${pluginPath}/${webhook.id}`}
          variant="tertiary"
          startIcon={attention.remedy === 'edit' ? <Pencil aria-hidden /> : <Key aria-hidden />}
        >
          {t(attention.remedy === 'edit' ? 'attention.choose_events' : 'attention.new_secret')}
        </LinkButton>
      )}
    </Flex>
  );
}
