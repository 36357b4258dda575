import { Button, Flex } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { Page, useNotification } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import type { BusinessEventView } from '../../../contracts';
import { ErrorPart } from '../api/States';
import { useAllowed } from '../api/useAllowed';
import { useBusinessEvents, useCreateBusinessEvent, useUpdateBusinessEvent } from '../events/api';
import { BusinessEventForm } from '../events/business/BusinessEventForm';
import { DeleteEvent } from '../events/business/DeleteEvent';
import { eventPath } from '../navigation/paths';
import { pluginPath } from '../pluginId';
import { useText } from '../text/useText';
import { BackLink } from '../ui/BackLink';
import { HeaderSlot, HeaderSlotProvider } from '../ui/HeaderSlot';
import { Protected, Screen } from './Screen';

const eventsPath = `${pluginPath}/events`;

/** A new business event. */
export function AddBusinessEventPage() {
  return (
    <Protected by="eventsManage">
      <HeaderSlotProvider>
        <AddBusinessEvent />
      </HeaderSlotProvider>
    </Protected>
  );
}

function AddBusinessEvent() {
  const { t } = useText();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const [create] = useCreateBusinessEvent();
  const allowed = useAllowed();
  return (
    <Screen
      title={t('business.new')}
      subtitle={t('business.subtitle')}
      navigationAction={<BackLink to={eventsPath}>{t('nav.events')}</BackLink>}
      primaryAction={<HeaderSlot />}
    >
      <BusinessEventForm
        event={null}
        onSave={(input) => create(input).unwrap()}
        onSaved={({ displayName, type }) => {
          toggleNotification({ type: 'success', message: t('form.saved', { name: displayName }) });
          if (allowed.eventsRead) navigate(eventPath(type), { replace: true });
          else toggleNotification({ type: 'info', message: t('business.saved_hidden') });
        }}
      />
    </Screen>
  );
}

/** A business event that was made on the screen; who may not change it reads it. */
export function BusinessEventPage() {
  return (
    <Protected by="eventsRead">
      <HeaderSlotProvider>
        <LoadBusinessEvent />
      </HeaderSlotProvider>
    </Protected>
  );
}

function LoadBusinessEvent() {
  const { t } = useText();
  const id = Number(useParams().id);
  const { data, error, isFetching, refetch } = useBusinessEvents(undefined, {
    refetchOnMountOrArgChange: true,
  });
  const event = data?.results.find((known) => known.id === id);
  const back = <BackLink to={eventsPath}>{t('nav.events')}</BackLink>;
  if (event) return <BusinessEvent key={event.id} event={event} />;
  if (isFetching) return <Page.Loading />;
  if (error) {
    return (
      <Screen title={t('business.title')} navigationAction={back}>
        <ErrorPart error={error} onRetry={refetch} />
      </Screen>
    );
  }
  return <Page.Error content={t('business.not_found')} action={back} />;
}

function BusinessEvent({ event }: { event: BusinessEventView }) {
  const { t } = useText();
  const allowed = useAllowed();
  const { toggleNotification } = useNotification();
  const [update] = useUpdateBusinessEvent();
  return (
    <Screen
      title={event.displayName}
      subtitle={event.type}
      navigationAction={<BackLink to={eventsPath}>{t('nav.events')}</BackLink>}
      primaryAction={
        <Flex gap={3} wrap="wrap">
          {allowed.eventsManage && (
            <DeleteEvent
              event={event}
              trigger={
                <Button variant="danger-light" startIcon={<Trash aria-hidden />}>
                  {t('business.delete.confirm')}
                </Button>
              }
            />
          )}
          <HeaderSlot />
        </Flex>
      }
    >
      <BusinessEventForm
        event={event}
        onSave={(input, version) => update({ id: event.id, change: { ...input, version } }).unwrap()}
        onSaved={({ displayName }) =>
          toggleNotification({ type: 'success', message: t('form.saved', { name: displayName }) })
        }
      />
    </Screen>
  );
}
