import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import { currentActor } from './actor';
import type { Interest } from './interest';
import type { Silence } from './silence';
import type { Rows } from '../content';
import type { Catalog, Links } from '../catalog';
import { eventBody } from '../payload';
import type { Connection } from '../store/connection';
import { tellable } from '../reason';
import { withoutEntry } from '../store/events';
import type { NewEvent } from '../store/events';

export interface EventsDeps {
  strapi: Core.Strapi;
  catalog(): Catalog;
  interest: Interest;
  silence: Silence;
  rows: Rows;
  links(): Links;
  /** Throws for an invalid declaration. */
  declare(declaration: unknown): Promise<void>;
  insert(connection: Connection, events: readonly NewEvent[]): Promise<void>;
  newMessageId(): string;
  now(): number;
  maxBodyBytes: number;
  wake(): void;
}

/** `strapi.plugin('event-webhooks').service('events')`: for the site builder's code. */
export function createEventsService(deps: EventsDeps) {
  const refuse = (type: string, why: string): Error =>
    new errors.ValidationError(`events.emit: the event type "${type}" ${why}`, {
      errors: [{ path: ['type'], message: why, name: 'ValidationError' }],
    });

  const tooLarge = (type: string, bytes: number): Error => {
    const message = `is too large: the body has ${bytes} bytes, the limit is ${deps.maxBodyBytes} (capture.maxBodyBytes)`;
    return new errors.ValidationError(`${type}: data: ${message}`, {
      errors: [{ path: [], message, name: 'ValidationError' }],
    });
  };

  return {
    /**
     * Adds an event type to the catalog, written as in `config.events`: mapped (`contentType`, `on`) or
     * emitted by code (`schema`, `sample`). Throws an error that names the problem; nothing is added then.
     */
    declare: deps.declare,

    /**
     * Emits an event that is joined from an entry and its relations, e.g. `demo_site.expiring` from a site.
     * `extra` are the keys that only the caller has. Throws like `emit`, and a NotFoundError if the entry
     * does not exist.
     */
    async emitFrom(
      type: string,
      documentId: string,
      extra: Record<string, unknown> = {},
    ): Promise<string | null> {
      const source = deps.catalog().code(type)?.fromEntry;
      if (!source) throw refuse(type, 'is not joined from an entry');
      const row = await deps.rows.one(source.uid, documentId, source.populate);
      if (!row) throw new errors.NotFoundError(`events.emitFrom: ${source.uid} ${documentId} does not exist`);
      const entry = await deps.rows.sanitised(source.uid, row);
      return this.emit(type, source.build(entry, extra, deps.links()));
    },

    /**
     * Emits an event that the catalog declares by code. Inside a transaction of the caller it commits or
     * rolls back with it. Throws a ValidationError for an undeclared type, for a payload that does not match
     * its schema (it names the field), and for a body above the limit, whether or not a webhook is subscribed.
     * @returns the event's id (`msg_…`), or null if no webhook is subscribed to the type
     */
    async emit(type: string, data: unknown): Promise<string | null> {
      const declared = deps.catalog().code(type);
      if (!declared) {
        const known = deps.catalog().get(type);
        throw refuse(
          String(type),
          known ? 'comes from content changes and is not emitted by code' : 'is not declared',
        );
      }
      const parsed = declared.parse(data);
      const at = deps.now();
      const body = eventBody(type, at, parsed);
      // Also where nobody is subscribed: code that emits must not begin to fail with the first webhook.
      const bytes = Buffer.byteLength(body);
      if (bytes > deps.maxBodyBytes) throw tooLarge(type, bytes);
      if (deps.silence.active() || !deps.interest.wants(type)) return null;
      const messageId = deps.newMessageId();
      await deps.strapi.db.transaction(async ({ trx, onCommit }) => {
        const events: NewEvent[] = [
          {
            messageId,
            type,
            occurredAt: at,
            body,
            ...withoutEntry,
            actor: currentActor(deps.strapi),
            transactionId: null,
            guarantee: 'same_transaction',
            cause: 'emitted',
          },
        ];
        await deps.insert(trx as unknown as Connection, events).catch((error: unknown) => {
          throw tellable(error);
        });
        onCommit(() => deps.wake());
      });
      return messageId;
    },

    /** Runs `fn` without capturing its changes (seeds, imports, migrations). The reason is logged. */
    without: <T>(reason: string, fn: () => Promise<T>): Promise<T> => deps.silence.without(reason, fn),
  };
}

export type EventsService = ReturnType<typeof createEventsService>;
