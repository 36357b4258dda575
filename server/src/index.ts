import type { Core } from '@strapi/strapi';
import { bootstrap } from './bootstrap';
import config from './config';
import { contentTypes } from './content-types';
import { createDeliveriesController } from './controllers/deliveries';
import { createEventTypesController } from './controllers/event-types';
import { createInboxController } from './controllers/inbox';
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
      }),
    deliveries: ({ strapi }: WithStrapi) =>
      createDeliveriesController(() => houseOf(strapi).services.deliveries),
    eventTypes: ({ strapi }: WithStrapi) =>
      createEventTypesController(() => houseOf(strapi).services.eventTypes),
    inbox: ({ strapi }: WithStrapi) => createInboxController(() => houseOf(strapi).services.inbox),
  },
  services: {
    events: ({ strapi }: WithStrapi) => lazyEvents(strapi),
    webhooks: ({ strapi }: WithStrapi) => houseOf(strapi).services.webhooks,
    deliveries: ({ strapi }: WithStrapi) => houseOf(strapi).services.deliveries,
    inbox: ({ strapi }: WithStrapi) => houseOf(strapi).services.inbox,
  },
};
