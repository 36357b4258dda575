import type { Context } from 'koa';
import { z } from 'zod';
import { rowId } from '../../../contracts';
import { validate } from '../validate';

const params = z.object({ id: rowId });

/** The `:id` of the route. Throws a ValidationError that names `id`. */
export const idOf = (ctx: Context): number => validate(params, ctx.params).id;
