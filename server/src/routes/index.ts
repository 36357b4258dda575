import { permissions } from '../../../contracts';
import { adminRoute, adminRouteForAny } from './admin-route';
import { inboxRoutes } from './inbox';

const {
  read,
  create,
  update,
  test,
  revealSecret,
  deliveriesRead,
  deliveriesResend,
  eventsRead,
  eventsManage,
  settingsRead,
  settingsUpdate,
} = permissions;

/** Strapi's own permission to see its webhooks. */
const coreWebhooksRead = 'admin::webhooks.read';

export const routes = {
  admin: {
    type: 'admin' as const,
    routes: [
      adminRoute('GET', '/webhooks', 'webhooks.list', read),
      adminRoute('POST', '/webhooks', 'webhooks.create', create),
      adminRouteForAny('POST', '/webhooks/actions/bulk', 'webhooks.bulk', update, permissions.delete),
      adminRouteForAny('POST', '/webhooks/actions/check-url', 'webhooks.checkUrl', create, update),
      adminRouteForAny('POST', '/webhooks/actions/preview', 'webhooks.preview', create, update),
      adminRoute('POST', '/webhooks/actions/test', 'webhooks.test', test),
      adminRoute('GET', '/webhooks/:id', 'webhooks.get', read),
      adminRoute('PUT', '/webhooks/:id', 'webhooks.update', update),
      adminRoute('DELETE', '/webhooks/:id', 'webhooks.delete', permissions.delete),
      adminRoute('GET', '/webhooks/:id/statistics', 'statistics.get', read),
      adminRoute('GET', '/webhooks/:id/secret', 'webhooks.secret', revealSecret),
      adminRoute('POST', '/webhooks/:id/secret/rotate', 'webhooks.rotate', update, revealSecret),
      adminRoute('POST', '/webhooks/actions/home', 'settings.home', update),
      adminRoute('POST', '/webhooks/:id/trigger', 'webhooks.trigger', permissions.trigger),
      adminRoute('GET', '/webhooks/:id/why', 'webhooks.why', read, deliveriesRead),
      adminRoute('POST', '/webhooks/:id/resume', 'webhooks.resume', update),
      adminRoute('GET', '/status', 'settings.status', read),
      adminRoute('GET', '/overview', 'settings.overview', read),
      adminRoute('GET', '/settings', 'settings.get', settingsRead),
      adminRoute('GET', '/queue', 'settings.queue', settingsRead),
      adminRoute('PUT', '/settings', 'settings.update', settingsUpdate),
      adminRoute('POST', '/settings/test-email', 'settings.testEmail', settingsUpdate),
      adminRoute('POST', '/settings/pause', 'settings.pause', settingsUpdate),
      adminRoute('POST', '/settings/resume', 'settings.resume', settingsUpdate),
      adminRoute('GET', '/importable', 'webhooks.importable', create, coreWebhooksRead),
      adminRoute('POST', '/importable/import', 'webhooks.import', create, coreWebhooksRead),
      adminRouteForAny('GET', '/event-types', 'eventTypes.list', eventsRead, read, create),
      adminRouteForAny(
        ...(['GET', '/fields', 'fields.models', eventsRead, eventsManage, read, create, update] as const),
      ),
      adminRoute('GET', '/business-events', 'businessEvents.list', eventsRead),
      adminRouteForAny(
        ...([
          'GET',
          '/business-events/subjects',
          'businessEvents.subjects',
          eventsRead,
          eventsManage,
        ] as const),
      ),
      adminRoute('GET', '/business-events/:id', 'businessEvents.get', eventsRead),
      adminRoute('POST', '/business-events', 'businessEvents.create', eventsManage),
      adminRoute('POST', '/business-events/actions/preview', 'businessEvents.preview', eventsManage),
      adminRoute('PUT', '/business-events/:id', 'businessEvents.update', eventsManage),
      adminRoute('DELETE', '/business-events/:id', 'businessEvents.delete', eventsManage),
      adminRouteForAny(
        ...([
          'GET',
          '/conditions/choices',
          'conditions.choices',
          read,
          create,
          update,
          eventsManage,
        ] as const),
      ),
      adminRoute('POST', '/conditions/actions/try', 'conditions.trial', deliveriesRead),
      adminRoute('GET', '/events/recent', 'conditions.recent', deliveriesRead),
      adminRoute('POST', '/events/:id/match-again', 'setAside.matchAgain', deliveriesResend),
      adminRoute('GET', '/deliveries', 'deliveries.list', deliveriesRead),
      adminRoute('GET', '/deliveries/:id', 'deliveries.get', deliveriesRead),
      adminRoute('POST', '/deliveries/:id/resend', 'deliveries.resend', deliveriesResend),
      adminRoute('POST', '/deliveries/:id/cancel', 'deliveries.cancel', deliveriesResend),
      adminRoute('GET', '/replays', 'replays.list', deliveriesRead),
      adminRoute('POST', '/replays', 'replays.create', deliveriesResend),
      adminRoute('POST', '/replays/count', 'replays.count', deliveriesResend),
      adminRoute('GET', '/replays/:id', 'replays.get', deliveriesRead),
      adminRoute('POST', '/replays/:id/stop', 'replays.stop', deliveriesResend),
      adminRoute('POST', '/replays/:id/resume', 'replays.resume', deliveriesResend),
      ...inboxRoutes,
    ],
  },
};
