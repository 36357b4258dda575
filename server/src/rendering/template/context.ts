import { Context } from 'liquidjs';
import type { Liquid } from 'liquidjs';
import type { Budget } from './budget';

/** What a template is rendered with. */
export interface Surroundings {
  /** The names that a template may use. */
  scope: Readonly<Record<string, unknown>>;
  /** What `now` is in a template: when the event occurred, in epoch milliseconds. Rendering reads no clock. */
  now: number;
  /** The mark of a secret in place of its value. */
  mark(secret: string): string;
}

/** Liquid's context, with the costs of this rendering. */
export class RenderContext extends Context {
  constructor(
    liquid: Liquid,
    readonly surroundings: Surroundings,
    readonly budget: Budget,
  ) {
    super({ ...surroundings.scope }, liquid.options, { sync: true }, { liquid });
  }
}
