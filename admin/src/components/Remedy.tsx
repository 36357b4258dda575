import { useState, type ReactNode } from 'react';
import { Button, LinkButton } from '@strapi/design-system';
import { ArrowClockwise, Cog, Key, Lightning, List, Pencil } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { WebhookInTrouble } from '../../../contracts';
import { useAllowed } from '../hooks/useAllowed';
import { useText } from '../hooks/useText';
import { pluginPath } from '../pluginId';
import { useResumeWebhook } from '../services/webhooks';
import { eventPath, webhookPath } from '../values/paths';
import { attentionOf, holdOf } from '../wording/attention';
import { MoveHere } from './MoveHere';
import { PlayButton } from './ResumeButton';
import { useTurnOn } from './replays/useTurnOn';
import { RotateDialog } from './webhook-form/RotateDialog';
import { useListActions } from './webhook-list/useListActions';

/** The one button that helps a webhook; none where there is nothing to press, or the role may not. */
export function Remedy({ webhook }: { webhook: WebhookInTrouble }) {
  const { t } = useText();
  const allowed = useAllowed();
  const remedy = attentionOf(webhook)?.remedy;

  switch (remedy) {
    case 'see_deliveries':
      if (!allowed.deliveriesRead) return null;
      return (
        <Way to={webhookPath(webhook.id, 'deliveries')} icon={<List aria-hidden />}>
          {t('attention.see_deliveries')}
        </Way>
      );
    case 'see_queue':
      return allowed.settingsRead ? <SeeQueue /> : null;
    case 'see_event': {
      if (!allowed.eventsRead) return null;
      return (
        <Way to={eventPath(webhook.needsAttention?.eventType ?? '')} icon={<Lightning aria-hidden />}>
          {t('attention.see_event')}
        </Way>
      );
    }
  }
  if (!allowed.update) return null;
  switch (remedy) {
    case 'turn_on':
      return <TurnOn webhook={webhook} />;
    case 'move_here':
      return <MoveHere ids={[webhook.id]} />;
    case 'rotate':
      return allowed.revealSecret ? <NewSecret id={webhook.id} /> : null;
    case 'edit':
    case 'enter_header':
      return (
        <Way to={webhookPath(webhook.id, 'settings')} icon={<Pencil aria-hidden />}>
          {t(remedy === 'edit' ? 'attention.choose_events' : 'attention.enter_header')}
        </Way>
      );
    case undefined:
      return holdOf(webhook)?.canResume ? <ResumeNow webhook={webhook} /> : null;
  }
}

/** A way to where something is done. */
export function Way({ to, icon, children }: { to: string; icon: ReactNode; children: ReactNode }) {
  return (
    <LinkButton tag={Link} to={to} variant="tertiary" startIcon={icon}>
      {children}
    </LinkButton>
  );
}

/** To the card that says who delivers. */
export function SeeQueue() {
  const { t } = useText();
  return (
    <Way to={`${pluginPath}/settings`} icon={<Cog aria-hidden />}>
      {t('attention.see_queue')}
    </Way>
  );
}

function NewSecret({ id }: { id: number }) {
  const { t } = useText();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button variant="tertiary" startIcon={<Key aria-hidden />} onClick={() => setAsking(true)}>
        {t('attention.new_secret')}
      </Button>
      {isAsking && <RotateDialog id={id} onClose={() => setAsking(false)} onRotated={() => undefined} />}
    </>
  );
}

export function TurnOn({ webhook }: { webhook: WebhookInTrouble }) {
  const { t } = useText();
  const { change, isBusy } = useListActions();
  const { turnOn, dialog } = useTurnOn((turned) => change([turned], 'enable'));
  return (
    <>
      <Button
        variant="tertiary"
        startIcon={<ArrowClockwise aria-hidden />}
        loading={isBusy}
        onClick={() => turnOn(webhook)}
      >
        {t('attention.turn_on')}
      </Button>
      {dialog}
    </>
  );
}

export function ResumeNow({ webhook }: { webhook: WebhookInTrouble }) {
  const { t } = useText();
  const [resume, { isLoading }] = useResumeWebhook();
  return (
    <PlayButton
      play={() => resume(webhook.id)}
      isBusy={isLoading}
      done={t('hold.resumed', { name: webhook.name })}
    >
      {t(webhook.state === 'held' ? 'hold.resume' : 'hold.full_speed')}
    </PlayButton>
  );
}
