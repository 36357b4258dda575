import { Box, Button, EmptyStateLayout } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Layouts, Page } from '@strapi/strapi/admin';
import { permissions } from '../../../contracts';
import { InboxView } from '../components/inbox/InboxView';
import { ErrorPart, LoadingPart } from '../components/States';
import { useAddressBar } from '../hooks/useAddressBar';
import { useAllowed } from '../hooks/useAllowed';
import { useTestInbox } from '../hooks/useTestInbox';
import { useText } from '../hooks/useText';
import { useInboxes } from '../services/inboxes';

/** The built-in request bin. */
export function InboxPage() {
  return (
    <Page.Protect permissions={[{ action: permissions.inboxRead, subject: null }]}>
      <Inboxes />
    </Page.Protect>
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
    <Page.Main>
      <Page.Title>{t('nav.inbox')}</Page.Title>
      <Layouts.Header
        title={t('nav.inbox')}
        subtitle={t('inbox.subtitle')}
        primaryAction={inbox ? makeButton : undefined}
      />
      <Layouts.Content>
        {isLoading && <LoadingPart />}
        {!data && !isLoading && <ErrorPart error={error} onRetry={refetch} />}
        {data && !inbox && (
          <Box background="neutral0" shadow="tableShadow" hasRadius>
            <EmptyStateLayout
              icon={<EmptyDocuments width="16rem" aria-hidden />}
              content={t('inbox.none')}
              action={makeButton}
            />
          </Box>
        )}
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
      </Layouts.Content>
    </Page.Main>
  );
}
