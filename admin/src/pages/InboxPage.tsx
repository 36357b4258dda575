import { Button } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { ErrorPart, LoadingPart } from '../api/States';
import { useAllowed } from '../api/useAllowed';
import { useInboxes } from '../inbox/api';
import { useTestInbox } from '../inbox/useTestInbox';
import { InboxView } from '../inbox/view/InboxView';
import { useAddressBar } from '../navigation/useAddressBar';
import { useText } from '../text/useText';
import { EmptyCard } from '../ui/EmptyCard';
import { Protected, Screen } from './Screen';

/** The built-in request bin. */
export function InboxPage() {
  return (
    <Protected by="inboxRead">
      <Inboxes />
    </Protected>
  );
}

function Inboxes() {
  const { t } = useText();
  const allowed = useAllowed();
  const address = useAddressBar(['request']);
  const { data, error, isLoading, refetch } = useInboxes(undefined, { refetchOnMountOrArgChange: true });
  const { make, isLoading: isMaking } = useTestInbox();
  const inboxes = data?.results ?? [];
  const inbox = inboxes.find(({ token }) => token === address.get('inbox')) ?? inboxes[0];

  const choose = (token: string | undefined) => address.set({ inbox: token });
  const makeOne = async () => {
    const made = await make(t('inbox.name', { number: inboxes.length + 1 }));
    if (made) choose(made.token);
  };
  const makeButton = allowed.inboxManage && (
    <Button
      variant={inbox ? 'tertiary' : 'default'}
      startIcon={<Plus aria-hidden />}
      loading={isMaking}
      onClick={makeOne}
    >
      {t(inbox ? 'inbox.make_another' : 'inbox.make')}
    </Button>
  );

  return (
    <Screen
      title={t('nav.inbox')}
      subtitle={t('inbox.subtitle')}
      primaryAction={inbox ? makeButton : undefined}
    >
      {isLoading && <LoadingPart />}
      {!data && !isLoading && <ErrorPart error={error} onRetry={refetch} />}
      {data && !inbox && <EmptyCard action={makeButton}>{t('inbox.none')}</EmptyCard>}
      {inbox && (
        <InboxView
          key={inbox.token}
          inboxes={inboxes}
          inbox={inbox}
          onChoose={choose}
          selected={Number(address.get('request')) || null}
          onSelect={(id) => address.set({ inbox: inbox.token, request: String(id) }, { replace: true })}
        />
      )}
    </Screen>
  );
}
