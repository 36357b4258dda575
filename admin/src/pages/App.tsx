import { Layouts, Page } from '@strapi/strapi/admin';
import { Navigate, Route, Routes } from 'react-router-dom';
import { SectionLinks } from '../components/SectionLinks';
import { SideNav } from '../components/SideNav';
import { AllowedProvider, useAllowed } from '../hooks/useAllowed';
import { useSections } from '../hooks/useSections';
import { AddWebhookPage } from './AddWebhookPage';
import { DeliveriesPage } from './DeliveriesPage';
import { EditWebhookPage } from './EditWebhookPage';
import { EventsPage } from './EventsPage';
import { InboxPage } from './InboxPage';
import { WebhooksPage } from './WebhooksPage';

/** All screens of the plugin, below `/plugins/event-webhooks`. */
export function App() {
  return (
    <AllowedProvider>
      <Layouts.Root sideNav={<SideNav />}>
        <SectionLinks />
        <Routes>
          <Route index element={<FirstPage />} />
          <Route path="new" element={<AddWebhookPage />} />
          <Route path="deliveries" element={<DeliveriesPage />} />
          <Route path="events" element={<EventsPage />} />
          <Route path="inbox" element={<InboxPage />} />
          <Route path=":id" element={<EditWebhookPage />} />
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
  return <WebhooksPage />;
}
