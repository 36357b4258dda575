import { Flex, Typography } from '@strapi/design-system';
import { Information, Pencil } from '@strapi/icons';
import { isSecretAddress, type WebhookView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { formPath } from '../../navigation/paths';
import { useText } from '../../text/useText';
import { NoticeCard } from '../../ui/NoticeCard';
import { Way } from '../Remedy';
import { troublesOf } from '../trouble';
import { isOff, WebhookTrouble } from '../WebhookTrouble';
import { SendMissed } from './SendMissed';

interface StateNoticesProps {
  webhook: WebhookView;
  /** Whether the form stands below. */
  isForm: boolean;
}

/** Above everything: the state with its reason, and its one remedy. */
export function StateNotices({ webhook, isForm }: StateNoticesProps) {
  const troubles = troublesOf(webhook);
  // The form says it at its own field.
  const isTold = !isForm && !webhook.urlSecret && isSecretAddress(webhook.url);
  if (troubles.length === 0 && !isTold) return null;
  return (
    <Flex direction="column" alignItems="stretch" gap={2} paddingBottom={6}>
      {troubles.map((trouble) => (
        <WebhookTrouble
          key={trouble.code}
          look="notice"
          webhook={webhook}
          trouble={trouble}
          actions={isOff(trouble) && <SendMissed webhook={webhook} />}
        />
      ))}
      {isTold && <ToldAddress webhook={webhook} />}
    </Flex>
  );
}

/** An address that was stored before it could be a secret, and that everybody who may look can read. */
function ToldAddress({ webhook }: { webhook: WebhookView }) {
  const { t } = useText();
  const allowed = useAllowed();
  return (
    <NoticeCard
      tone="primary"
      icon={<Information aria-hidden fill="primary600" style={{ flex: 'none', marginTop: 2 }} />}
      actions={
        allowed.update && (
          <Way to={formPath(webhook.id, 'url')} icon={<Pencil aria-hidden />}>
            {t('attention.hide_address')}
          </Way>
        )
      }
    >
      <Typography tag="p">{t('webhook.notice.told_address', { host: webhook.host })}</Typography>
    </NoticeCard>
  );
}
