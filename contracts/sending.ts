import { z } from 'zod';
import { shortestSecret } from './parts';

/**
 * How the body is made. `standard`: Standard Webhooks; `flat`: one level of keys; `strapi`: as Strapi's own webhooks
 * send it; `cloudevents`: CloudEvents 1.0, structured; `thin`: ids only; `template`: the webhook's own Liquid template.
 */
export const payloadFormats = ['standard', 'flat', 'strapi', 'cloudevents', 'thin', 'template'] as const;
export type PayloadFormat = (typeof payloadFormats)[number];

export const requestMethods = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET'] as const;
export type RequestMethod = (typeof requestMethods)[number];

export const bodyTypes = ['json', 'form', 'text', 'none'] as const;
export type BodyType = (typeof bodyTypes)[number];

export const templateLimits = {
  /** Characters of all parts of a template together. */
  length: 64 * 1024,
  pathLength: 2000,
  fields: 50,
  nameLength: 100,
  valueLength: 4000,
  secrets: 20,
} as const;

const text = (most: number) => z.string('must be a text').max(most, `must be at most ${most} characters`);

/** A name and the Liquid text of its value: of a query parameter or a form field. */
const namedText = z.strictObject({
  name: text(templateLimits.nameLength).min(1, 'is required'),
  value: text(templateLimits.valueLength),
});

/**
 * The request of a webhook with the format `template`. Each text is Liquid. The server is always that of the webhook's
 * URL; the values of the webhook's own headers are Liquid too, except secret ones.
 */
export const requestTemplate = z.strictObject({
  /** One of `requestMethods`, or Liquid that gives one: `{% if event.action == 'unpublished' %}DELETE{% else %}PUT{% endif %}`. */
  method: text(1000).min(1, 'is required').default('POST'),
  /** Appended to the webhook's URL: `/{{ entry.documentId }}`. Values are percent-encoded. */
  path: text(templateLimits.pathLength).default(''),
  query: z.array(namedText).max(templateLimits.fields).default([]),
  bodyType: z.enum(bodyTypes).default('json'),
  /** Of the body types `json` and `text`. */
  body: text(templateLimits.length).default(''),
  /** Of the body type `form`. */
  fields: z.array(namedText).max(templateLimits.fields).default([]),
});
export type RequestTemplate = z.infer<typeof requestTemplate>;

/** A secret that templates name: `{{ secret.token }}`. Write-only; `value: null` keeps the stored value. */
export const templateSecret = z.strictObject({
  name: z
    .string('is required')
    .regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be lower case letters, digits and _, beginning with a letter'),
  value: text(templateLimits.valueLength)
    .min(shortestSecret, `must be at least ${shortestSecret} characters to be kept secret`)
    .nullable(),
});
export type TemplateSecret = z.infer<typeof templateSecret>;

/** Where a template is wrong. */
export interface TemplateProblem {
  /** `body`, `method`, `path`, `query.0.value`, `fields.1.value`, `headers.0.value`. */
  path: string;
  message: string;
  /** From 1; null if the place is not known. */
  line: number | null;
  column: number | null;
  /** What to put in the place of the wrong name: `truncate` for `truncte`. */
  suggestion: string | null;
  /** True for what may be meant so: a name that the sample does not have. It is sent, as nothing. */
  warning: boolean;
  /** The whole name that the sample does not have, `entry.subtitle`; left out of every other problem. */
  unknown?: string;
}
