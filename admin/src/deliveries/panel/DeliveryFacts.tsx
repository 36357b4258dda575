import { Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { Actor, DeliveryDetail } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useCatalog } from '../../events/useCatalog';
import { webhookPath } from '../../navigation/paths';
import { useText, type Texts } from '../../text/useText';
import { Fact, Facts } from '../../ui/Facts';
import { Mono } from '../../ui/Mono';
import { EntryLink } from './EntryLink';
import { MergedDeliveries } from './MergedDeliveries';

const knownGuarantees = ['same_transaction', 'late', 'announced'] as const;

/** Webhook, entry and author of the event. */
export function DeliveryFacts({ delivery }: { delivery: DeliveryDetail }) {
  const { t, intl } = useText();
  const allowed = useAllowed();
  const { nameOf } = useCatalog();
  const guarantee = knownGuarantees.find((name) => name === delivery.guarantee);
  const changed = delivery.changedFields ?? [];
  return (
    <Facts $names="8rem">
      <Fact name={t('delivery.fact.webhook')}>
        {delivery.webhookId !== null && allowed.read ? (
          <Link tag={NavLink} to={webhookPath(delivery.webhookId)}>
            {delivery.webhookName}
          </Link>
        ) : (
          <Typography>{delivery.webhookName}</Typography>
        )}
        <Typography variant="pi" textColor="neutral600" tag="p">
          {delivery.host}
        </Typography>
      </Fact>
      {delivery.uid && delivery.documentId && (
        <Fact name={t('delivery.fact.entry')}>
          <EntryLink uid={delivery.uid} documentId={delivery.documentId} locale={delivery.locale} />
        </Fact>
      )}
      <Fact name={t('delivery.fact.actor')}>
        <Typography>{delivery.test ? t('delivery.actor.test') : actorName(delivery.actor, t)}</Typography>
      </Fact>
      {delivery.because && (
        <Fact name={t('delivery.fact.because')}>
          <Typography>
            {t('delivery.because', {
              title: delivery.because.title ?? delivery.because.documentId,
              event: nameOf(delivery.because.type),
            })}
          </Typography>
        </Fact>
      )}
      {delivery.collapsed && (
        <Fact name={t('delivery.fact.merged')}>
          <MergedDeliveries collapsed={delivery.collapsed} />
        </Fact>
      )}
      {changed.length > 0 && (
        <Fact name={t('delivery.fact.changed')}>
          <Mono variant="pi">{changed.join(', ')}</Mono>
        </Fact>
      )}
      <Fact name={t('delivery.fact.happened')}>
        <Typography>
          {intl.formatDate(delivery.occurredAt, { dateStyle: 'medium', timeStyle: 'medium' })}
        </Typography>
        {guarantee && !delivery.test && (
          <Typography variant="pi" textColor="neutral600" tag="p">
            {t(`guarantee.${guarantee}`)}
          </Typography>
        )}
      </Fact>
      {delivery.thinReason && (
        <Fact name={t('delivery.fact.thin')}>
          <Typography variant="pi">{delivery.thinReason}</Typography>
        </Fact>
      )}
      <Fact name={t('delivery.fact.id')}>
        <Mono variant="pi">{delivery.messageId}</Mono>
      </Fact>
    </Facts>
  );
}

function actorName(actor: Actor, t: Texts['t']): string {
  const name = actor.name ?? actor.id;
  if (actor.type === 'system') return t('delivery.actor.system');
  if (!name) return t(`delivery.actor.${actor.type}`);
  return actor.type === 'admin' ? name : `${name} (${t(`delivery.actor.${actor.type}`)})`;
}
