import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import type { Done, PermissionName } from '../../../contracts';
import { permissions } from '../../../contracts';

/** The permissions of the caller's role, as Strapi created them for this request: an ability of CASL. */
export interface Ability {
  can(action: string, subject?: unknown, field?: string): boolean;
  rulesFor(action: string, subject: string): readonly { conditions?: unknown }[];
}

/** No permissions, for a request without an ability. */
const nobody: Ability = { can: () => false, rulesFor: () => [] };

export const abilityOf = (ctx: Context): Ability =>
  (ctx.state as { userAbility?: Ability }).userAbility ?? nobody;

export const may = (ctx: Context, name: PermissionName): boolean => abilityOf(ctx).can(permissions[name]);

/** Throws a ForbiddenError with this sentence unless the caller has the permission. */
export function demand(ctx: Context, name: PermissionName, sentence: string): void {
  if (!may(ctx, name)) throw new errors.ForbiddenError(sentence);
}

/**
 * The complete response for callers that may read it; for all others only the id, without further queries.
 */
export async function answerFor<T>(
  ctx: Context,
  name: PermissionName,
  id: Done['id'],
  whole: () => T | Promise<T>,
): Promise<T | Done> {
  return may(ctx, name) ? whole() : { id };
}
