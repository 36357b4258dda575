import { Layouts, Page } from '@strapi/strapi/admin';
import { Navigate, Route, Routes, useParams } from 'react-router-dom';
import { AllowedProvider, useAllowed } from '../api/useAllowed';
import { Banners } from '../banners/Banners';
import { webhookPath } from '../navigation/paths';
import { SectionLinks } from '../navigation/SectionLinks';
import { SideNav } from '../navigation/SideNav';
import { useSections } from '../navigation/useSections';
import { pluginPath } from '../pluginId';
import { AddWebhookPage } from './AddWebhookPage';
import { AddBusinessEventPage, BusinessEventPage } from './BusinessEventPage';
import { DeliveriesPage } from './DeliveriesPage';
import { EventsPage } from './EventsPage';
import { InboxPage } from './InboxPage';
import { SettingsPage } from './SettingsPage';
import { WebhookPage } from './WebhookPage';
import { WebhooksPage } from './WebhooksPage';

/** All screens of the plugin, below `/plugins/event-webhooks`. */
export function App() {
  return (
    <AllowedProvider>
      <Layouts.Root sideNav={<SideNav />}>
        <SectionLinks />
        <Banners />
        <Routes>
          <Route index element={<FirstPage />} />
          <Route path="new" element={<AddWebhookPage />} />
          <Route path="deliveries" element={<DeliveriesPage />} />
          <Route path="events" element={<EventsPage />} />
          <Route path="events/new" element={<AddBusinessEventPage />} />
          <Route path="events/:id" element={<BusinessEventPage />} />
          <Route path="inbox" element={<InboxPage />} />
          <Route path="settings" element={<SettingsPage />} />
          <Route path="webhooks/:id/:tab?" element={<WebhookPage />} />
          <Route path=":id" element={<OldAddress />} />
          <Route path="*" element={<Page.NoData />} />
        </Routes>
      </Layouts.Root>
    </AllowedProvider>
  );
}

/** The list, or, for who may not see it, the first page that is theirs. */
function FirstPage() {
  const allowed = useAllowed();
  const [first] = useSections();
  if (!allowed.read && first) return <Navigate to={first.path} replace />;
  if (!allowed.read && allowed.create) return <Navigate to={`${pluginPath}/new`} replace />;
  return <WebhooksPage />;
}

/** Links from before a webhook had a page of several tabs. */
function OldAddress() {
  const { id = '' } = useParams();
  return /^\d+$/.test(id) ? <Navigate to={webhookPath(id)} replace /> : <Page.NoData />;
}
