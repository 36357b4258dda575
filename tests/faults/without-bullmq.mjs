/** `node --import` this, and the package `bullmq` is not installed as far as this process can see. */
import { register } from 'node:module';

const hooks = `
export function resolve(specifier, context, next) {
  if (specifier !== 'bullmq') return next(specifier, context);
  throw Object.assign(new Error("Cannot find package 'bullmq'"), { code: 'ERR_MODULE_NOT_FOUND' });
}`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
