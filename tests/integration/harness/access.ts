import type { PermissionName } from '../../../contracts';

/** What a request of the table is made of; made anew for each one that may pass. */
export interface Things {
  webhook: () => Promise<number>;
  /** Made on the screen. */
  businessEvent: () => Promise<number>;
  /** A delivery that waits for its next try. */
  waiting: () => Promise<number>;
  /** Sent again already. */
  replay: () => Promise<number>;
  /** A delivery that has failed for good. */
  delivery: () => Promise<number>;
  inbox: () => Promise<string>;
  /** What an inbox has caught: its token and the id of the request. */
  caught: () => Promise<string>;
}

/** Ours, and the one of Strapi that some of our routes ask for as well. */
export type Right = PermissionName | 'admin::webhooks.read';

export interface Access {
  /** As it is registered, without the plugin's prefix. */
  route: string;
  /** Permissions of a role that passes; of `any` one is enough, of `all` each is needed. */
  needs: { any: readonly Right[] } | { all: readonly Right[] };
  /** Answer to who may; 2xx unless the request names something that is not there (404) or has ended (400). */
  answers: number;
  id?: keyof Things;
  body?: (id: number | string) => unknown;
}

const all = (...names: Right[]) => ({ all: names });
const any = (...names: Right[]) => ({ any: names });
const form = { name: 'New', url: 'http://127.0.0.1:9/', events: ['payment.received'], headers: [] };
const always = (body: unknown) => () => body;

let named = 0;
/** A business event of a type of its own. */
export const businessEvent = () => ({
  displayName: 'Author Renamed',
  type: `author.renamed_${(named += 1)}`,
  contentType: 'api::author.author',
  on: [{ on: ['updated'], when: { field: 'name', changed: true } }],
});

/** Every route of the admin API and who may ask it. A route that stands here twice demands by what is asked. */
export const access: readonly Access[] = [
  { route: 'GET /webhooks', needs: all('read'), answers: 200 },
  { route: 'POST /webhooks', needs: all('create'), answers: 201, body: always(form) },
  { route: 'GET /webhooks/:id', needs: all('read'), answers: 200, id: 'webhook' },
  { route: 'PUT /webhooks/:id', needs: all('update'), answers: 200, id: 'webhook', body: always(form) },
  { route: 'DELETE /webhooks/:id', needs: all('delete'), answers: 200, id: 'webhook' },
  { route: 'GET /webhooks/:id/statistics', needs: all('read'), answers: 200, id: 'webhook' },
  { route: 'GET /webhooks/:id/secret', needs: all('revealSecret'), answers: 200, id: 'webhook' },
  {
    ...{ route: 'POST /webhooks/:id/secret/rotate', needs: all('update', 'revealSecret'), answers: 200 },
    ...{ id: 'webhook', body: always({ overlapHours: 0 }) },
  },
  { route: 'POST /webhooks/:id/resume', needs: all('update'), answers: 200, id: 'webhook' },
  {
    ...{ route: 'POST /webhooks/:id/trigger', needs: all('trigger'), answers: 200, id: 'webhook' },
    body: always({ eventType: 'payment.received' }),
  },
  { route: 'GET /webhooks/:id/why', needs: all('read', 'deliveriesRead'), answers: 200, id: 'webhook' },
  {
    ...{ route: 'POST /webhooks/actions/bulk', needs: any('update'), answers: 200, id: 'webhook' },
    body: (id) => ({ ids: [id], action: 'disable' }),
  },
  {
    ...{ route: 'POST /webhooks/actions/bulk', needs: any('delete'), answers: 200, id: 'webhook' },
    body: (id) => ({ ids: [id], action: 'delete' }),
  },
  {
    ...{ route: 'POST /webhooks/actions/check-url', needs: any('create', 'update'), answers: 200 },
    body: always({ url: form.url }),
  },
  {
    ...{ route: 'POST /webhooks/actions/preview', needs: any('create', 'update'), answers: 200 },
    body: always({ webhook: form, eventType: 'payment.received' }),
  },
  { route: 'GET /business-events', needs: all('eventsRead'), answers: 200 },
  { route: 'GET /business-events/subjects', needs: any('eventsRead', 'eventsManage'), answers: 200 },
  { route: 'GET /business-events/:id', needs: all('eventsRead'), answers: 200, id: 'businessEvent' },
  { route: 'POST /business-events', needs: all('eventsManage'), answers: 201, body: businessEvent },
  {
    ...{ route: 'PUT /business-events/:id', needs: all('eventsManage'), answers: 200, id: 'businessEvent' },
    body: businessEvent,
  },
  { route: 'DELETE /business-events/:id', needs: all('eventsManage'), answers: 200, id: 'businessEvent' },
  {
    ...{ route: 'POST /business-events/actions/preview', needs: all('eventsManage'), answers: 200 },
    body: () => ({ event: businessEvent() }),
  },
  {
    route: 'GET /conditions/choices',
    needs: any('read', 'create', 'update', 'eventsManage'),
    answers: 200,
  },
  {
    ...{ route: 'POST /conditions/actions/try', needs: all('deliveriesRead'), answers: 200 },
    body: always({ events: form.events, conditions: null }),
  },
  {
    route: 'GET /fields',
    needs: any('eventsRead', 'eventsManage', 'read', 'create', 'update'),
    answers: 200,
  },
  { route: 'GET /events/recent', needs: all('deliveriesRead'), answers: 200 },
  {
    ...{ route: 'POST /webhooks/actions/test', needs: all('test'), answers: 200, id: 'webhook' },
    body: (id) => ({ webhookId: id, eventType: 'payment.received' }),
  },
  {
    ...{ route: 'POST /webhooks/actions/home', needs: all('update'), answers: 200, id: 'webhook' },
    body: (id) => ({ ids: [id], action: 'move' }),
  },
  { route: 'GET /importable', needs: all('create', 'admin::webhooks.read'), answers: 200 },
  {
    ...{ route: 'POST /importable/import', needs: all('create', 'admin::webhooks.read'), answers: 200 },
    body: always({ ids: [999] }),
  },
  { route: 'GET /status', needs: all('read'), answers: 200 },
  { route: 'GET /overview', needs: all('read'), answers: 200 },
  { route: 'GET /settings', needs: all('settingsRead'), answers: 200 },
  { route: 'PUT /settings', needs: all('settingsUpdate'), answers: 200, body: always({ deliveryDays: 30 }) },
  {
    ...{ route: 'POST /settings/pause', needs: all('settingsUpdate'), answers: 200 },
    body: always({ reason: 'A test', minutes: null }),
  },
  { route: 'POST /settings/resume', needs: all('settingsUpdate'), answers: 200 },
  { route: 'POST /settings/test-email', needs: all('settingsUpdate'), answers: 200 },
  { route: 'GET /queue', needs: all('settingsRead'), answers: 200 },
  { route: 'GET /event-types', needs: any('eventsRead', 'read', 'create'), answers: 200 },
  { route: 'GET /deliveries', needs: all('deliveriesRead'), answers: 200 },
  { route: 'GET /deliveries/:id', needs: all('deliveriesRead'), answers: 200, id: 'delivery' },
  // Nothing is set aside there.
  { route: 'POST /events/:id/match-again', needs: all('deliveriesResend'), answers: 404 },
  { route: 'POST /deliveries/:id/resend', needs: all('deliveriesResend'), answers: 200, id: 'delivery' },
  { route: 'POST /deliveries/:id/cancel', needs: all('deliveriesResend'), answers: 200, id: 'waiting' },
  { route: 'GET /replays', needs: all('deliveriesRead'), answers: 200 },
  { route: 'POST /replays/count', needs: all('deliveriesResend'), answers: 200, body: always({}) },
  {
    route: 'POST /replays',
    needs: all('deliveriesResend'),
    answers: 201,
    id: 'delivery',
    body: (id) => ({ ids: [id] }),
  },
  { route: 'GET /replays/:id', needs: all('deliveriesRead'), answers: 200, id: 'replay' },
  { route: 'POST /replays/:id/stop', needs: all('deliveriesResend'), answers: 404 },
  { route: 'POST /replays/:id/resume', needs: all('deliveriesResend'), answers: 404 },
  { route: 'GET /inboxes', needs: all('inboxRead'), answers: 200 },
  { route: 'POST /inboxes', needs: all('inboxManage'), answers: 201, body: always({ name: 'Mine' }) },
  {
    ...{ route: 'PUT /inboxes/:token', needs: all('inboxManage'), answers: 200, id: 'inbox' },
    body: always({ answerStatus: 500 }),
  },
  { route: 'DELETE /inboxes/:token', needs: all('inboxManage'), answers: 200, id: 'inbox' },
  { route: 'GET /inboxes/:token/requests', needs: all('inboxRead'), answers: 200, id: 'inbox' },
  { route: 'GET /inboxes/:token/requests/:id', needs: all('inboxRead'), answers: 200, id: 'caught' },
  { route: 'DELETE /inboxes/:token/requests', needs: all('inboxManage'), answers: 200, id: 'inbox' },
];

export const mayPass = ({ needs }: Access, has: readonly Right[]): boolean =>
  'any' in needs
    ? needs.any.some((name) => has.includes(name))
    : needs.all.every((name) => has.includes(name));
