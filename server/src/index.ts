import type { Core } from '@strapi/strapi';
import { bootstrap } from './bootstrap';
import { currentActor } from './capture/actor';
import config from './config';
import { contentTypes } from './content-types';
import { createDeliveriesController } from './controllers/deliveries';
import { createEventTypesController } from './controllers/event-types';
import { createInboxController } from './controllers/inbox';
import { createReplaysController } from './controllers/replays';
import { createSettingsController } from './controllers/settings';
import { createStatisticsController } from './controllers/statistics';
import { createWebhooksController } from './controllers/webhooks';
import { destroy } from './destroy';
import { rememberDeclaration } from './catalog-of';
import { hasHouse, houseOf } from './house';
import { hasAnyPermission } from './policies/has-any-permission';
import { register } from './register';
import { routes } from './routes';
import type { EventsService } from './services/events';

type WithStrapi = { strapi: Core.Strapi };

/** The one service that an app may call in its `register()`, when the database is not there yet: to declare. */
const lazyEvents = (strapi: Core.Strapi): EventsService => ({
  declare: async (declaration) =>
    hasHouse(strapi)
      ? houseOf(strapi).services.events.declare(declaration)
      : rememberDeclaration(strapi, declaration),
  emit: (type, data) => houseOf(strapi).services.events.emit(type, data),
  emitFrom: (type, documentId, extra) => houseOf(strapi).services.events.emitFrom(type, documentId, extra),
  without: (reason, fn) => houseOf(strapi).services.events.without(reason, fn),
});

/** What Strapi loads on the server; wiring only. */
export default {
  register,
  bootstrap,
  destroy,
  config,
  contentTypes,
  routes,
  policies: { hasAnyPermission },
  controllers: {
    webhooks: ({ strapi }: WithStrapi) =>
      createWebhooksController({
        webhooks: () => houseOf(strapi).services.webhooks,
        testEvents: () => houseOf(strapi).services.testEvents,
        coreWebhooks: () => houseOf(strapi).services.coreWebhooks,
        checkUrl: (url) => houseOf(strapi).services.checkUrl(url),
        trigger: (id, input) => houseOf(strapi).services.trigger(id, input),
        why: (id, input) => houseOf(strapi).services.why(id, input),
      }),
    deliveries: ({ strapi }: WithStrapi) =>
      createDeliveriesController(() => houseOf(strapi).services.deliveries),
    replays: ({ strapi }: WithStrapi) => createReplaysController(() => houseOf(strapi).services.replays),
    settings: ({ strapi }: WithStrapi) =>
      createSettingsController({
        settings: () => houseOf(strapi).services.settings,
        homes: () => houseOf(strapi).services.homes,
        overview: () => houseOf(strapi).services.overview,
        view: () => houseOf(strapi).settingsView(),
        queue: () => houseOf(strapi).services.queue,
        actor: () => currentActor(strapi),
      }),
    statistics: ({ strapi }: WithStrapi) =>
      createStatisticsController(() => houseOf(strapi).services.statistics),
    eventTypes: ({ strapi }: WithStrapi) =>
      createEventTypesController(() => houseOf(strapi).services.eventTypes),
    inbox: ({ strapi }: WithStrapi) => createInboxController(() => houseOf(strapi).services.inbox),
  },
  services: {
    events: ({ strapi }: WithStrapi) => lazyEvents(strapi),
    webhooks: ({ strapi }: WithStrapi) => houseOf(strapi).services.webhooks,
    deliveries: ({ strapi }: WithStrapi) => houseOf(strapi).services.deliveries,
    replays: ({ strapi }: WithStrapi) => houseOf(strapi).services.replays,
    inbox: ({ strapi }: WithStrapi) => houseOf(strapi).services.inbox,
    settings: ({ strapi }: WithStrapi) => houseOf(strapi).services.settings,
    homes: ({ strapi }: WithStrapi) => houseOf(strapi).services.homes,
    queue: ({ strapi }: WithStrapi) => houseOf(strapi).services.queue,
    doctor: ({ strapi }: WithStrapi) => ({ report: () => houseOf(strapi).report() }),
    /** For a process that delivers and serves nobody: `npx event-webhooks worker`. */
    worker: ({ strapi }: WithStrapi) => ({ start: () => houseOf(strapi).begin(true) }),
  },
};
