import type { Core } from '@strapi/strapi';
import { bootstrap } from './bootstrap';
import { currentActor } from './capture';
import config from './config';
import { contentTypes } from './content-types';
import { createBusinessEventsController } from './controllers/business-events';
import { createConditionsController } from './controllers/conditions';
import { createDeliveriesController } from './controllers/deliveries';
import { createEventTypesController } from './controllers/event-types';
import { createInboxController } from './controllers/inbox';
import { createReplaysController } from './controllers/replays';
import { createSetAsideController } from './controllers/set-aside';
import { createSettingsController } from './controllers/settings';
import { createStatisticsController } from './controllers/statistics';
import { createWebhooksController } from './controllers/webhooks';
import { destroy } from './destroy';
import { rememberDeclaration } from './catalog';
import { hasHouse, houseOf } from './houses';
import { hasAnyPermission } from './policies/has-any-permission';
import { register } from './register';
import { routes } from './routes';
import type { EventsService } from './capture';

type WithStrapi = { strapi: Core.Strapi };

/**
 * The one service that an app can call in its `register()`, before the database exists: to declare events.
 */
const lazyEvents = (strapi: Core.Strapi): EventsService => ({
  declare: async (declaration) =>
    hasHouse(strapi)
      ? houseOf(strapi).capture.events.declare(declaration)
      : rememberDeclaration(strapi, declaration),
  emit: (type, data) => houseOf(strapi).capture.events.emit(type, data),
  emitFrom: (type, documentId, extra) => houseOf(strapi).capture.events.emitFrom(type, documentId, extra),
  without: (reason, fn) => houseOf(strapi).capture.events.without(reason, fn),
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
        webhooks: () => houseOf(strapi).screens.webhooks,
        testEvents: () => houseOf(strapi).screens.testEvents,
        preview: () => houseOf(strapi).screens.preview,
        coreWebhooks: () => houseOf(strapi).screens.coreWebhooks,
        checkUrl: (url) => houseOf(strapi).screens.checkUrl(url),
        trigger: (...args) => houseOf(strapi).screens.trigger(...args),
        why: (...args) => houseOf(strapi).screens.why(...args),
        limits: () => houseOf(strapi).screens.limits,
        entryReader: (ability) => houseOf(strapi).screens.entryReader(ability),
      }),
    deliveries: ({ strapi }: WithStrapi) =>
      createDeliveriesController(
        () => houseOf(strapi).screens.deliveries,
        () => houseOf(strapi).screens.limits,
      ),
    conditions: ({ strapi }: WithStrapi) =>
      createConditionsController({
        conditions: () => houseOf(strapi).screens.conditions,
        entryReader: (ability) => houseOf(strapi).screens.entryReader(ability),
      }),
    businessEvents: ({ strapi }: WithStrapi) =>
      createBusinessEventsController({
        businessEvents: () => houseOf(strapi).screens.businessEvents,
        entryReader: (ability) => houseOf(strapi).screens.entryReader(ability),
      }),
    setAside: ({ strapi }: WithStrapi) => createSetAsideController(() => houseOf(strapi).screens.setAside),
    replays: ({ strapi }: WithStrapi) =>
      createReplaysController(
        () => houseOf(strapi).replays,
        () => houseOf(strapi).screens.limits,
      ),
    settings: ({ strapi }: WithStrapi) =>
      createSettingsController({
        settings: () => houseOf(strapi).settings,
        homes: () => houseOf(strapi).homes,
        overview: () => houseOf(strapi).screens.overview,
        view: () => houseOf(strapi).screens.settingsView(),
        sendTestEmail: (to) => houseOf(strapi).screens.sendTestEmail(to),
        limits: () => houseOf(strapi).screens.limits,
        queue: () => houseOf(strapi).instances,
        actor: () => currentActor(strapi),
      }),
    statistics: ({ strapi }: WithStrapi) =>
      createStatisticsController(() => houseOf(strapi).screens.statistics),
    eventTypes: ({ strapi }: WithStrapi) =>
      createEventTypesController(() => houseOf(strapi).screens.eventTypes),
    inbox: ({ strapi }: WithStrapi) => createInboxController(() => houseOf(strapi).inbox.inboxes),
  },
  services: {
    events: ({ strapi }: WithStrapi) => lazyEvents(strapi),
    webhooks: ({ strapi }: WithStrapi) => houseOf(strapi).screens.webhooks,
    deliveries: ({ strapi }: WithStrapi) => houseOf(strapi).screens.deliveries,
    replays: ({ strapi }: WithStrapi) => houseOf(strapi).replays,
    inbox: ({ strapi }: WithStrapi) => houseOf(strapi).inbox.inboxes,
    settings: ({ strapi }: WithStrapi) => houseOf(strapi).settings,
    homes: ({ strapi }: WithStrapi) => houseOf(strapi).homes,
    queue: ({ strapi }: WithStrapi) => houseOf(strapi).instances,
    rekey: ({ strapi }: WithStrapi) => ({ run: () => houseOf(strapi).context.secrets.rekey() }),
    /** Strapi's own webhooks: `npx event-webhooks import`. */
    coreWebhooks: ({ strapi }: WithStrapi) => houseOf(strapi).screens.coreWebhooks,
    doctor: ({ strapi }: WithStrapi) => ({
      report: () => houseOf(strapi).screens.doctor.report(),
      matchAgain: () => houseOf(strapi).screens.doctor.matchAgain(),
    }),
    /** For a process that delivers without HTTP: `npx event-webhooks worker`. */
    worker: ({ strapi }: WithStrapi) => ({ start: () => houseOf(strapi).begin(true) }),
  },
};
