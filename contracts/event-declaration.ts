import type { Condition, ContentAction } from './conditions';
import type { FieldTree } from './field-tree';

/** When a business event occurs: one of these actions, and the condition if there is one. */
export interface BusinessEventClause {
  on: ContentAction[];
  when: Condition | null;
}

/** What is sent: the entry, whole or by a tree of its fields; or keys of one's own, each with a path in the entry. */
export type BusinessEventPayload =
  { kind: 'entry'; fields: FieldTree | null } | { kind: 'paths'; paths: Record<string, string> };

/** A mapped event as it is declared, in the configuration, by code, by a preset or on the screen. */
export interface EventDeclaration {
  /** Where it stands: `config.events[2]`, `declare("order.paid")`, `config.presets.network`, `business event "Order paid"`. */
  origin: string;
  contentType: string;
  on: BusinessEventClause[];
  /** `function`: made by the code of the app, or of a preset. */
  payload: BusinessEventPayload | { kind: 'function' };
}
