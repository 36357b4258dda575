import { z } from 'zod';
import { eventTypePattern, maxEventTypeLength } from '../../../contracts';
import type { EntryShape, PopulateTree } from './entry-shape';
import type { CodeEvent, EventType, MappedEvent } from './types';

/** A declared event, checked and ready for the catalog. `origin` names it in errors: `config.events[2]`. */
export type Declaration = MappedDeclaration | CodeDeclaration;

export interface MappedDeclaration {
  kind: 'mapped';
  origin: string;
  /** Whether the app's code has declared it, by `declare()`. */
  inCode?: boolean;
  eventType: EventType;
  uid: string;
  populate: PopulateTree;
  /** The shape of the entry, if the event contains it as a whole. */
  whole?: EntryShape;
  mapped: MappedEvent;
}

export interface CodeDeclaration {
  kind: 'code';
  origin: string;
  inCode?: boolean;
  eventType: EventType;
  code: CodeEvent;
}

const text = (length: number) =>
  z.string('is required').trim().min(1, 'is required').max(length, `must be at most ${length} characters`);

/** The options of every declared event. */
export const nameOptions = {
  type: text(maxEventTypeLength).regex(
    eventTypePattern,
    'must be lower case with dots, like payment.received',
  ),
  displayName: text(120),
  description: text(500),
};
