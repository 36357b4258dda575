import { permissions } from '../../../contracts';
import { adminRoute, adminRouteForAny } from './admin-route';
import { inboxRoutes } from './inbox';

const { read, create, update, test, revealSecret, deliveriesRead, deliveriesResend, eventsRead } =
  permissions;

export const routes = {
  admin: {
    type: 'admin' as const,
    routes: [
      adminRoute('GET', '/webhooks', 'webhooks.list', read),
      adminRoute('POST', '/webhooks', 'webhooks.create', create),
      adminRouteForAny('POST', '/webhooks/actions/bulk', 'webhooks.bulk', update, permissions.delete),
      adminRouteForAny('POST', '/webhooks/actions/check-url', 'webhooks.checkUrl', create, update),
      adminRoute('POST', '/webhooks/actions/test', 'webhooks.test', test),
      adminRoute('GET', '/webhooks/:id', 'webhooks.get', read),
      adminRoute('PUT', '/webhooks/:id', 'webhooks.update', update),
      adminRoute('DELETE', '/webhooks/:id', 'webhooks.delete', permissions.delete),
      adminRoute('GET', '/webhooks/:id/secret', 'webhooks.secret', revealSecret),
      adminRoute('POST', '/webhooks/:id/secret/rotate', 'webhooks.rotate', update, revealSecret),
      adminRoute('GET', '/importable', 'webhooks.importable', create),
      adminRoute('POST', '/importable/import', 'webhooks.import', create),
      adminRouteForAny('GET', '/event-types', 'eventTypes.list', eventsRead, read),
      adminRoute('GET', '/deliveries', 'deliveries.list', deliveriesRead),
      adminRoute('GET', '/deliveries/:id', 'deliveries.get', deliveriesRead),
      adminRoute('POST', '/deliveries/:id/resend', 'deliveries.resend', deliveriesResend),
      adminRoute('POST', '/deliveries/:id/cancel', 'deliveries.cancel', deliveriesResend),
      ...inboxRoutes,
    ],
  },
};
