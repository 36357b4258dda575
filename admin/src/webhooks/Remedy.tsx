import { useState, type ReactElement, type ReactNode } from 'react';
import { Button, LinkButton } from '@strapi/design-system';
import { ArrowClockwise, Cog, Key, Lightning, List, Pencil } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { WebhookInTrouble } from '../../../contracts';
import { PlayButton } from '../api/PlayButton';
import { useAllowed, type Allowed } from '../api/useAllowed';
import { eventPath, formPath, settingsPath, webhookPath } from '../navigation/paths';
import { useText } from '../text/useText';
import { useListActions } from './actions/useListActions';
import { useTurnOn } from './actions/useTurnOn';
import { useResumeWebhook } from './api';
import { LeaveActorOut } from './LeaveActorOut';
import { MoveHere } from './MoveHere';
import { RotateDialog } from './secret/RotateDialog';
import { TakenOver } from './TakenOver';
import type { Remedy as RemedyName, Trouble } from './trouble';

interface RemediesProps {
  trouble: Pick<Trouble, 'remedies'>;
  webhook: WebhookInTrouble;
  /** In one line there is room for the best alone. */
  isOne?: boolean;
}

/** The buttons that help a webhook; none where there is nothing to press, or the role may not. */
export function Remedies({ trouble, webhook, isOne = false }: RemediesProps) {
  const allowed = useAllowed();
  const possible = trouble.remedies.filter((remedy) => mayPress(remedy, allowed));
  return possible
    .slice(0, isOne ? 1 : undefined)
    .map((remedy) => <Remedy key={remedy} remedy={remedy} webhook={webhook} />);
}

/** Whether the role may do what a remedy does. */
export function mayPress(remedy: RemedyName, allowed: Allowed): boolean {
  switch (remedy) {
    case 'see_deliveries':
      return allowed.deliveriesRead;
    case 'see_queue':
      return allowed.settingsRead;
    case 'see_event':
      return allowed.eventsRead;
    case 'new_secret':
      return allowed.update && allowed.revealSecret;
    default:
      return allowed.update;
  }
}

const placeOfRemedy = {
  edit_conditions: 'conditions',
  edit_template: 'sending',
  edit_fields: 'fields',
} as const;

/** One button that helps a webhook. The only place that knows what each remedy does. */
function Remedy({ remedy, webhook }: { remedy: RemedyName; webhook: WebhookInTrouble }): ReactElement {
  const { t } = useText();
  const { id } = webhook;
  const edit = <Pencil aria-hidden />;
  switch (remedy) {
    case 'turn_on':
      return <TurnOn webhook={webhook} label={t('attention.turn_on')} />;
    case 'turn_on_anyway':
      return <TurnOn webhook={webhook} label={t('attention.turn_on_anyway')} />;
    case 'take_new_event':
    case 'remove_event':
      return <TakenOver webhook={webhook} isTaken={remedy === 'take_new_event'} />;
    case 'leave_actor_out':
      return <LeaveActorOut webhook={webhook} />;
    case 'resume':
      return <ResumeNow webhook={webhook} />;
    case 'move_here':
      return <MoveHere ids={[id]} />;
    case 'new_secret':
      return <NewSecret id={id} />;
    case 'see_queue':
      return <SeeQueue />;
    case 'change_url':
    case 'enter_address':
      return (
        <Way to={formPath(id, 'url')} icon={edit}>
          {t(`attention.${remedy}`)}
        </Way>
      );
    case 'enter_header':
      return (
        <Way to={formPath(id, 'headers')} icon={edit}>
          {t('attention.enter_header')}
        </Way>
      );
    case 'edit_conditions':
    case 'edit_template':
    case 'edit_fields':
      return (
        <Way to={formPath(id, placeOfRemedy[remedy])} icon={edit}>
          {t(`attention.${remedy}`)}
        </Way>
      );
    case 'choose_events':
      return (
        <Way to={webhookPath(id, 'settings')} icon={edit}>
          {t('attention.choose_events')}
        </Way>
      );
    case 'see_deliveries':
      return (
        <Way to={webhookPath(id, 'deliveries')} icon={<List aria-hidden />}>
          {t('attention.see_deliveries')}
        </Way>
      );
    case 'see_event':
      return (
        <Way to={eventPath(webhook.needsAttention?.eventType ?? '')} icon={<Lightning aria-hidden />}>
          {t('attention.see_event')}
        </Way>
      );
  }
}

/** A link to the place where something is done. */
export function Way({ to, icon, children }: { to: string; icon: ReactNode; children: ReactNode }) {
  return (
    <LinkButton tag={Link} to={to} variant="tertiary" startIcon={icon}>
      {children}
    </LinkButton>
  );
}

/** Link to the card *Delivery queue*. */
export function SeeQueue() {
  const { t } = useText();
  return (
    <Way to={settingsPath} icon={<Cog aria-hidden />}>
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

function TurnOn({ webhook, label }: { webhook: WebhookInTrouble; label: string }) {
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
        {label}
      </Button>
      {dialog}
    </>
  );
}

function ResumeNow({ webhook }: { webhook: WebhookInTrouble }) {
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
