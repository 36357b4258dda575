import type { Core } from '@strapi/strapi';

export type Middleware = Parameters<Core.Strapi['documents']['use']>[0];

/** The two ends of the capture, between which all later middlewares run. */
export interface Ends {
  sentinel: Middleware;
  innermost: Middleware;
}

/**
 * Makes one middleware of core's list the host of all that are registered from now on, whenever that is: so the
 * innermost of the capture stays the last for ever. A middleware inside of it that uses raw knex would wait for SQLite's
 * only connection, which our transaction holds.
 *
 * Why not take ours off and put it on again: core counts through its list while it runs, so an operation under way would
 * skip somebody or run him twice (`core/dist/services/document-service/middlewares/middleware-manager.js`). Here each
 * operation goes through the list as it was when it began. A second `next()` goes on from where the first one came
 * to, as in core.
 *
 * Not covered: who keeps core's own `use` from before.
 *
 * @param ends null before the plugin has bootstrapped
 */
export function hostMiddlewares(documents: { use: unknown }, ends: () => Ends | null): void {
  let hosted: readonly { run: Middleware }[] = [];
  (documents.use as (middleware: Middleware) => unknown)((context, leave) => {
    const own = ends();
    const others = hosted.map(({ run }) => run);
    const list = own ? [own.sentinel, ...others, own.innermost] : others;
    let index = 0;
    // The types expect the result of one action; which one is not known here.
    const next = (async () => {
      const run = list[index];
      if (run === undefined) return leave();
      index += 1;
      return run(context, next);
    }) as unknown as typeof leave;
    return next();
  });
  documents.use = (run: Middleware): (() => Middleware[]) => {
    const one = { run };
    hosted = [...hosted, one];
    /** Core's function removes another middleware when it is called twice; this one does not. */
    return () => {
      const there = hosted.includes(one);
      hosted = hosted.filter((other) => other !== one);
      return there ? [run] : [];
    };
  };
}
