/**
 * WHAT CAN HAPPEN: event types with their descriptions, schemas and samples, what a change of a content type may give,
 * and how the data of an event is built. It knows no webhook and no delivery, and asks no database.
 */
import type { Core } from '@strapi/strapi';
import type { Context } from '../context';
import { fileBaseOf } from '../links';
import { createCatalog } from './catalog';
import { createForeignPaths } from './foreign-paths';
import { declaredSoFar, rememberDeclaration } from './declared';
import { withAddresses } from './files';
import { at as networkOrigin } from './presets/network-mapping';
import { matches } from './subscription';
import type { Catalog, EventType, StoredEvent } from './types';

export interface CatalogDeps {
  /** Whether file URLs are signed here. */
  signsFiles(): boolean;
}

export function openCatalog({ strapi, config, links, log }: Context, { signsFiles }: CatalogDeps) {
  let stored: readonly StoredEvent[] = [];
  const read = (): Catalog =>
    createCatalog({
      contentTypes: strapi.contentTypes,
      components: strapi.components,
      config,
      links: links(),
      fileBase: fileBaseOf(strapi),
      signsFiles,
      allowedHubEvents: allowedHubEvents(strapi),
      privateAttributes: strapi.config.get<string[]>('api.responses.privateAttributes', []),
      declared: declaredSoFar(strapi),
      stored,
    });
  let catalog = read();
  const told = new Set<string>();
  /** One line each, once: the catalog is read again when all plugins have started. */
  const tellRefused = (): void => {
    for (const { origin, type, problems, isMissing } of catalog.refused()) {
      const name = type === null || origin.includes(type) ? '' : ` (${type})`;
      const line =
        type === null && origin === networkOrigin
          ? `event-webhooks: ${problems.join('; ')}`
          : `event-webhooks: ${origin}${name} is left out: ${problems.join('; ')}`;
      if (!told.has(line)) log[isMissing === true ? 'warn' : 'error'](line);
      told.add(line);
    }
  };
  tellRefused();

  /** An event type that is gone is known by its name alone. */
  const typeOf = (type: string): Pick<EventType, 'type' | 'sensitive' | 'derived'> =>
    catalog.get(type) ?? { type, sensitive: false };

  return {
    /** The catalog as it is now; it is made anew, so ask each time. */
    current: (): Catalog => catalog,

    /** Throws a CatalogError for a declaration that cannot be taken; nothing is added then. */
    declare(declaration: unknown): void {
      catalog.register(declaration);
      // Remembered for when the catalog is made anew.
      rememberDeclaration(strapi, declaration);
    },

    /** Takes the business events made on the screen, all of them, as they are stored now. */
    keep(events: readonly StoredEvent[]): void {
      stored = events;
      catalog = read();
      tellRefused();
    },

    /** Reads everything anew: other plugins add their events to Strapi's allowed ones while they start. */
    renew(): void {
      catalog = read();
      tellRefused();
      for (const { type, gone, contentTypeName } of catalog.list()) {
        if (gone === undefined) continue;
        log.warn(
          `event-webhooks: the event ${type} uses fields that ${contentTypeName} does not have: ${gone.join(', ')}`,
        );
      }
    },

    /** Paths of conditions that an event's content type never had, see `foreign-paths.ts`. */
    foreignPaths: createForeignPaths(() => catalog).of,

    /** Whether a subscription wants an event type, by its name. */
    wants: (pattern: string, type: string): boolean => matches(pattern, typeOf(type)),

    /** An entry with the whole addresses of its files. */
    addressed: (uid: string, entry: Parameters<Catalog['withFiles']>[1]) =>
      catalog.withFiles(uid, entry, (file) => withAddresses(file, fileBaseOf(strapi))),
  };
}

export type CatalogRoom = ReturnType<typeof openCatalog>;

/** What the app and its plugins announce on the event hub. */
function allowedHubEvents(strapi: Core.Strapi): string[] {
  const { allowedEvents } = strapi.get('webhookStore') as { allowedEvents: Map<string, string> };
  return [...allowedEvents.values()];
}

export { affectedAction, affectedEventData, liveChanges } from './affected-events';
export { firstOf } from './capped';
export { createCatalog } from './catalog';
export type { CatalogInput } from './catalog';
export { CatalogError } from './catalog-error';
export type { CodeEventOptions } from './code-event';
export { reference } from './comparable';
export { beyondContent, contentEventData } from './content-event-data';
export { adminUserUid, endUserUid, fileUid, folderUid } from './content-model';
export { rememberDeclaration } from './declared';
export type { MappedEventOptions, PayloadFunction } from './mapped-event';
export { deliveryFailedType, isOperational, operationalTypes } from './operational-events';
export type { FailedDeliveryData, OperationalData, OperationalNews } from './operational-events';
export type { NetworkOptions } from './presets/network';
export { sampleTimestamp } from './sample';
export { PayloadError } from './payload';
export { isTakenOver, meaningOf, remembered, takenOver } from './meanings';
export type { Meanings } from './meanings';
export type { NestedList, NestedStep } from './nested-list';
export { storedOrigin } from './stored-event';
export { isName, matches } from './subscription';
export { goesBack, stepsAtMost } from './ways';
export type {
  Catalog,
  ComparableField,
  ContentEventData,
  Entry,
  EventType,
  Links,
  MappedEvent,
  RefusedDeclaration,
  Selected,
  SelectedEntry,
  VersionReading,
  StoredEvent,
  TrialEvent,
  TypePlan,
  VersionTrees,
  Way,
  Ways,
} from './types';
