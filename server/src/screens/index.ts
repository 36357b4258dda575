/**
 * WHAT THE ADMIN API ASKS, one file a resource: it reads, checks what was entered, and calls the rooms. It holds no rule of
 * theirs, and no other room imports it: whoever decides or sends does not ask a screen.
 */
import type { BusinessEventsRoom } from '../business-events';
import { currentActor } from '../capture';
import type { CaptureRoom } from '../capture';
import { remembered, takenOver } from '../catalog';
import type { CatalogRoom } from '../catalog';
import type { ContentRoom } from '../content';
import type { Context } from '../context';
import { newSecret } from '../delivery';
import type { DeliveryRoom } from '../delivery';
import { gateState } from '../gate';
import type { HomesRoom } from '../homes';
import type { InstancesRoom } from '../instances';
import type { NoticesRoom } from '../notices';
import type { PayloadRoom } from '../payload';
import type { SettingsService } from '../settings';
import { explanationOf, readerLanguage } from '../wording';
import type { Failure } from '../wording';
import { createBusinessEventsService } from './business-events';
import { createConditionChoices } from './condition-choices';
import { createConditionsService } from './conditions';
import { createCoreWebhooksService } from './core-webhooks';
import type { CoreWebhook } from './core-webhooks';
import { createDeliveriesService } from './deliveries';
import { createDoctor } from './doctor';
import { createEventTypesService } from './event-types';
import { createFieldsService } from './fields';
import { createOverviewService } from './overview';
import { createPressLimits } from './press-limits';
import { createPreviewService } from './preview';
import { createSetAsideService } from './set-aside';
import { createSettingsView } from './settings-view';
import { createStatisticsService } from './statistics';
import { createTestEventService } from './test-event';
import { createTriggerService } from './trigger';
import { createWebhooksService } from './webhooks';
import type { WebhooksService } from './webhooks';
import { createWhyService } from './why';

export interface ScreensDeps {
  catalog: CatalogRoom;
  businessEvents: BusinessEventsRoom;
  content: ContentRoom;
  capture: CaptureRoom;
  payload: PayloadRoom;
  delivery: DeliveryRoom;
  notices: NoticesRoom;
  homes: HomesRoom;
  instances: InstancesRoom;
  settings: SettingsService;
}

export function openScreens(context: Context, rooms: ScreensDeps) {
  const { strapi, store, secrets, now, wake } = context;
  const { catalog, capture, delivery, homes, instances, notices, settings } = rooms;
  const { world } = homes;
  const actor = () => currentActor(strapi);
  const standing = { defaultSchedule: context.config.delivery.retryScheduleSeconds, now, world };
  const explain = (failure: Failure) => explanationOf(failure, readerLanguage(strapi));
  const eventTypes = createEventTypesService({
    catalog: catalog.current,
    subscriptions: () => store.webhooks.all(store.database.pool()),
    language: () => readerLanguage(strapi),
  });
  const conditions = createConditionsService({
    store,
    catalog: catalog.current,
    foreignPaths: catalog.foreignPaths,
    rows: rooms.content.rows,
    eventName: eventTypes.name,
    ...createConditionChoices(strapi),
    actor,
    now,
  });
  const fields = createFieldsService({
    catalog: catalog.current,
    maxRelated: context.config.capture.maxRelated,
  });
  const preview = createPreviewService({
    store,
    sample: eventTypes.sample,
    typesOf: eventTypes.matchedBy,
    ...rooms.payload,
    newSecret,
    now,
    find: (id) => webhooks.find(id),
    opened: secrets.opened,
  });
  const webhooks = createWebhooksService({
    store,
    secrets,
    newSecret,
    ...standing,
    knownSubscription: eventTypes.known,
    wants: eventTypes.wants,
    eventsOf: eventTypes.eventsOf,
    withGoneField: eventTypes.withGoneField,
    meanings: (events, before) => remembered(events, catalog.current().list(), before),
    takenOver: ({ events, meanings }) =>
      takenOver(events, meanings, catalog.current().list()).map(({ pattern, was, is }) => ({
        pattern,
        was: eventTypes.subjectName(was),
        is: eventTypes.subjectName(is),
      })),
    typeName: (uid) => catalog.current().subject(uid, [])?.name ?? null,
    stalled: instances.stalled,
    checkUrl: delivery.checkUrl,
    subjectsOf: conditions.subjectsOf,
    catalogState: () => catalog.current().list(),
    language: () => readerLanguage(strapi),
    conditionProblems: conditions.problems,
    templateProblems: preview.problems,
    templateDrift: preview.drift,
    unknownNames: preview.unknownNames,
    fieldProblems: fields.problems,
    actor,
    changed: capture.webhooksChanged,
  });
  const businessEvents = createBusinessEventsService({
    store,
    catalog: catalog.current,
    language: () => readerLanguage(strapi),
    subjectsOfTypes: conditions.subjectsOfTypes,
    subscriptions: () => store.webhooks.all(store.database.pool()),
    trialBody: rooms.payload.trialBody,
    rows: rooms.content.rows,
    actor,
    now,
    changed: async () => {
      await rooms.businessEvents.refresh();
      await capture.webhooksChanged();
    },
  });
  const setAside = createSetAsideService({ store, wake });
  return {
    eventTypes,
    businessEvents,
    webhooks,
    conditions,
    fields,
    preview,
    setAside,
    ...sendingByHand(context, rooms, webhooks, eventTypes.sample),
    checkUrl: delivery.checkUrl,
    limits: createPressLimits({ actor }),
    entryReader: rooms.content.readerOf,
    statistics: createStatisticsService({ store, find: webhooks.find, explain, world, now }),
    overview: createOverviewService({
      store,
      stalled: instances.stalled,
      pause: settings.pause,
      away: homes.away,
      deliveredBy: instances.service.deliveredBy,
      inTrouble: webhooks.inTrouble,
      now,
    }),
    deliveries: createDeliveriesService({
      store,
      eventName: eventTypes.name,
      givesEvents: eventTypes.givesEvents,
      explain,
      ...standing,
      wake,
    }),
    why: createWhyService({
      store,
      catalog: catalog.current,
      foreignPaths: catalog.foreignPaths,
      rows: rooms.content.rows,
      find: webhooks.find,
      readable: (row) => secrets.opened(row) !== null,
      gate: (row) => gateState(row, now(), world()),
      capturing: () => !capture.silence.active(),
      eventName: eventTypes.name,
      ...standing,
    }),
    coreWebhooks: coreWebhooksOf(context, webhooks, eventTypes.known),
    settingsView: createSettingsView(context, { settings, world, ...notices }),
    sendTestEmail: notices.sendTestEmail,
    doctor: createDoctor(context, {
      queue: instances.service,
      setAside,
      refused: () => catalog.current().refused(),
      world,
    }),
  };
}

export type Screens = ReturnType<typeof openScreens>;

/** *Send test event*, and *Trigger now*. */
function sendingByHand(
  { strapi, config, store, secrets, newId, now, wake }: Context,
  { payload, delivery, catalog }: ScreensDeps,
  { find }: WebhooksService,
  sample: Parameters<typeof createTestEventService>[0]['sample'],
) {
  const { bodyOf, bodyFor, requests, withSampleShownBy } = payload;
  return {
    trigger: createTriggerService({
      store,
      find,
      bodyOf,
      bodyFor,
      newMessageId: newId,
      actor: () => currentActor(strapi),
      now,
      wake,
    }),
    testEvents: createTestEventService({
      store,
      sample,
      uidOf: (type) => catalog.current().get(type)?.uid ?? null,
      find,
      opened: secrets.opened,
      checkUrl: delivery.checkUrl,
      send: delivery.sendTest,
      requests,
      withSampleShownBy,
      bodyOf,
      bodyFor,
      newSecret,
      newTestId: () => newId().replace('msg_', 'msg_test_'),
      now,
      defaultTimeoutSeconds: config.delivery.timeoutSeconds,
    }),
  };
}

/** Where Strapi keeps its own webhooks. */
interface CoreStore {
  findWebhooks(): Promise<CoreWebhook[]>;
  updateWebhook(id: string, webhook: CoreWebhook): Promise<unknown>;
}

function coreWebhooksOf(
  { strapi, store }: Context,
  webhooks: WebhooksService,
  known: (subscription: string) => boolean,
) {
  return createCoreWebhooksService({
    all: () => (strapi.get('webhookStore') as CoreStore).findWebhooks(),
    disable: async (webhook) => {
      const changed = await (strapi.get('webhookStore') as CoreStore).updateWebhook(String(webhook.id), {
        ...webhook,
        isEnabled: false,
      });
      // As Strapi's own settings do: this process has it in memory.
      (strapi.get('webhookRunner') as { update(webhook: unknown): void }).update(changed);
    },
    defaultHeaders: () => strapi.config.get<Record<string, unknown>>('server.webhooks.defaultHeaders', {}),
    taken: async () =>
      new Set(
        (await store.webhooks.all(store.database.pool())).flatMap(({ importedFrom }) => importedFrom ?? []),
      ),
    webhooks,
    known,
  });
}

export type { BusinessEventsService } from './business-events';
export type { ConditionsService } from './conditions';
export type { FieldsService } from './fields';
export type { PreviewService } from './preview';
export type { CoreWebhooksService } from './core-webhooks';
export type { DeliveriesService } from './deliveries';
export type { EventTypesService } from './event-types';
export { withoutAddress } from './exchange';
export { createOneAtATime } from './one-at-a-time';
export type { OverviewService } from './overview';
export type { PressLimits } from './press-limits';
export type { SetAsideService } from './set-aside';
export type { StatisticsService } from './statistics';
export type { TestEventService } from './test-event';
export type { TriggerService } from './trigger';
export type { WebhooksService } from './webhooks';
export type { WhyService } from './why';
