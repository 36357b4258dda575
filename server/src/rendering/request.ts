import { createHash, randomBytes } from 'node:crypto';
import type { BodyType, RequestMethod, RequestTemplate } from '../../../contracts';
import { requestMethods } from '../../../contracts';
import { pathProblem } from './address';
import { formatted } from './formats/plain-formats';
import { scopeOf } from './scope';
import { createMarks } from './secrets';
import { percentEncoded } from './template/as-text';
import { Budget } from './template/budget';
import { compile } from './template/compile';
import type { Surroundings } from './template/context';
import { renderText } from './template/render-text';
import type { Place } from './template/render-text';
import { TemplateError, TextFault } from './template-error';
import type { HeaderText, RenderInput, RenderWebhook, RenderedRequest } from './types';

/** 128 bits: nobody who writes content can guess the mark of a secret. */
export const newNonce = (): string => randomBytes(16).toString('hex');

/**
 * The request of an event for a webhook. Pure but for the nonce, which can be handed in. Throws a TemplateError, whose
 * message holds no value of the entry.
 */
export function renderRequest(input: RenderInput, nonce: string = newNonce()): RenderedRequest {
  const { webhook } = input;
  const of = hashOf(webhook);
  if (webhook.format === 'template') return { ...fromTemplate(input, nonce), of };
  const { body, contentType, headers } = formatted(webhook.format, input);
  const ofFormat = new Set(headers.map(({ name }) => name.toLowerCase()));
  const own = webhook.headers.filter(({ name }) => !ofFormat.has(name.toLowerCase()));
  return { method: 'POST', suffix: '', contentType, headers: [...headers, ...own], body, secrets: null, of };
}

/** What the request is made by, as a short text that changes with it. */
export function hashOf({
  format,
  template,
  headers,
}: Pick<RenderWebhook, 'format' | 'template' | 'headers'>): string {
  const texts = headers.map(({ name, value }) => [name, value]);
  const made = format === 'template' ? template : null;
  return createHash('sha256')
    .update(JSON.stringify([format, made, texts]))
    .digest('base64url')
    .slice(0, 22);
}

/** Renders one text of the template; `path` names it in an error. */
type RenderPart = (path: string, text: string, place: Place) => string;

function fromTemplate(input: RenderInput, nonce: string): Omit<RenderedRequest, 'of'> {
  const { webhook, event } = input;
  const template = webhook.template ?? missingTemplate();
  const marks = createMarks(nonce, webhook.secretNames);
  const surroundings: Surroundings = { scope: scopeOf(input), now: event.occurredAt, mark: marks.mark };
  const budget = new Budget();
  const render: RenderPart = (path, text, place) =>
    named(path, () => renderText(compile(text), place, surroundings, budget));
  const method = methodOf(template, render);
  const suffix = pathOf(template, render) + queryOf(template, render);
  const { body, contentType } = method === 'GET' ? noBody : bodyOf(template, render);
  const headers = headersOf(webhook.headers, render);
  return { method, suffix, contentType, headers, body, secrets: marks.used() };
}

const noBody = { body: null, contentType: null } as const;

function missingTemplate(): never {
  throw TemplateError.of('body', new TextFault('the template is missing', null));
}

function named<Result>(path: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw error instanceof TextFault ? TemplateError.of(path, error) : error;
  }
}

const fault = (path: string, message: string): TemplateError =>
  TemplateError.of(path, new TextFault(message, null));

function methodOf({ method }: RequestTemplate, render: RenderPart): RequestMethod {
  const given = render('method', method, 'text').trim().toUpperCase();
  const known = requestMethods.find((name) => name === given);
  if (known === undefined) throw fault('method', `must be one of ${requestMethods.join(', ')}`);
  return known;
}

/** Characters that a path holds as they are (RFC 3986, `pchar`), `%` of what is encoded already, and `/`. */
const notInPath = /[^A-Za-z0-9\-._~!$&'()*+,;=:@%/?#\\\s]+/g;

function pathOf({ path }: RequestTemplate, render: RenderPart): string {
  const rendered = render('path', path, 'path').trim().replace(notInPath, percentEncoded);
  const problem = pathProblem(rendered);
  if (problem !== null) throw fault('path', problem);
  return rendered;
}

/** Named values, as both a query and a form have them: `a=1&b=2`. */
function pairsOf(path: string, pairs: RequestTemplate['query'], render: RenderPart): string {
  return pairs
    .map(({ name, value }, index) => {
      const rendered = render(`${path}.${index}.value`, value, 'text');
      return `${percentEncoded(name)}=${percentEncoded(rendered)}`;
    })
    .join('&');
}

function queryOf({ query }: RequestTemplate, render: RenderPart): string {
  const pairs = pairsOf('query', query, render);
  return pairs === '' ? '' : `?${pairs}`;
}

const contentTypes: Readonly<Record<BodyType, string | null>> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  text: 'text/plain; charset=utf-8',
  none: null,
};

function bodyOf(
  { bodyType, body, fields }: RequestTemplate,
  render: RenderPart,
): Pick<RenderedRequest, 'body' | 'contentType'> {
  const contentType = contentTypes[bodyType];
  if (bodyType === 'none') return noBody;
  if (bodyType === 'form') return { body: pairsOf('fields', fields, render), contentType };
  const rendered = render('body', body, bodyType);
  // A template may write nothing on purpose: a DELETE without a body.
  if (bodyType === 'json') return rendered.trim() === '' ? noBody : { body: rendered.trim(), contentType };
  return { body: rendered, contentType };
}

/** RFC 9110 §5.5. A line break would begin another header; other letters have no agreed encoding there. */
const headerText = /^[\t\x20-\x7e\x80-\xff]*$/;

function headersOf(headers: readonly HeaderText[], render: RenderPart): HeaderText[] {
  return headers.flatMap(({ name, value }, index) => {
    const path = `headers.${index}.value`;
    const rendered = render(path, value, 'text').trim();
    if (!headerText.test(rendered)) {
      throw fault(path, 'a header holds neither line breaks nor letters beyond Latin; add the filter url');
    }
    return rendered === '' ? [] : [{ name, value: rendered }];
  });
}
