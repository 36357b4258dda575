import type { Context } from 'koa';
import { z } from 'zod';
import { validate } from '../services/validate';

/** Row ids are 32-bit integers in every database, which refuses what is longer. */
export const maxRowId = 2 ** 31 - 1;

const params = z.object({ id: z.coerce.number().int().min(1).max(maxRowId) });

/** The `:id` of the route. Throws a ValidationError that names `id`. */
export const idOf = (ctx: Context): number => validate(params, ctx.params).id;
