import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import type { z } from 'zod';
import { nothing } from '../../../contracts';
import { reasonOf, tellable } from '../reason';
import { ConflictError } from '../stale';
import { validate } from '../validate';

/** The input of a route besides its path; other keys are refused by name. */
export interface Takes<Query extends z.ZodType, Body extends z.ZodType> {
  query?: Query;
  body?: Body;
}

type Nothing = typeof nothing;

/** A handler of a route, and its input: a test walks them all. */
export interface Action {
  (ctx: Context): Promise<void>;
  takes: Required<Takes<z.ZodType, z.ZodType>>;
}

/**
 * A handler that has its query and its body checked by their contracts first, and answers with what `answer` returns.
 * Throws a ValidationError that names each field; where somebody pressed too often `Retry-After` is set. An unexpected
 * error holds no value: Strapi logs it whole, and one of the database begins with its statement, the body, the headers and
 * the secrets of a webhook filled in.
 */
export function action<Query extends z.ZodType = Nothing, Body extends z.ZodType = Nothing>(
  takes: Takes<Query, Body>,
  answer: (ctx: Context, input: { query: z.output<Query>; body: z.output<Body> }) => unknown,
): Action {
  const query = takes.query ?? nothing;
  const body = takes.body ?? nothing;
  const handle = async (ctx: Context): Promise<void> => {
    try {
      ctx.body = await answer(ctx, {
        query: validate(query, { ...ctx.query }) as z.output<Query>,
        body: validate(body, ctx.request.body ?? {}) as z.output<Body>,
      });
    } catch (error) {
      if (error instanceof ConflictError) {
        sayConflict(ctx, error);
        return;
      }
      if (error instanceof errors.RateLimitError) sayWhenAgain(ctx, error.details);
      // Of Strapi's own error only the status would be returned.
      if (error instanceof errors.ForbiddenError) throw new errors.PolicyError(reasonOf(error));
      throw isAnswer(error) ? error : tellable(error);
    }
  };
  return Object.assign(handle, { takes: { query, body } });
}

/** Errors that are responses: Strapi's own, and Koa's, which have a status. */
const isAnswer = (error: unknown): boolean =>
  error instanceof errors.ApplicationError ||
  (typeof error === 'object' && error !== null && typeof (error as { status?: unknown }).status === 'number');
/** Strapi knows no error of this status, and would answer 400. */
function sayConflict(ctx: Context, { name, message, details }: ConflictError): void {
  const status = 409;
  ctx.status = status;
  ctx.body = { data: null, error: { status, name, message, details } };
}

function sayWhenAgain(ctx: Context, details: unknown): void {
  const { retryAfterSeconds } = (details ?? {}) as { retryAfterSeconds?: number };
  if (retryAfterSeconds !== undefined) ctx.set('retry-after', String(retryAfterSeconds));
}
