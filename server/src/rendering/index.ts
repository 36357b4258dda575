/**
 * WHAT A REQUEST LOOKS LIKE: pure. An event and a webhook's settings become method, address, headers and body. It knows
 * neither Strapi nor a database nor a secret: in place of secrets stand marks, which are replaced when it is sent.
 */
export { addressWith } from './address';
export { checkTemplate } from './check-template';
export type { TemplateSample, TemplateToCheck } from './check-template';
export { hashOf, newNonce, renderRequest } from './request';
export { scopeOf } from './scope';
export { SecretError, masked, withSecrets } from './secrets';
export { TemplateError } from './template-error';
export type {
  HeaderText,
  PreparedRequest,
  RenderEvent,
  RenderInput,
  RenderWebhook,
  RenderedRequest,
} from './types';
