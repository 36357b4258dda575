import type { RequestTemplate, TemplateProblem } from '../../../contracts';
import { templateLimits } from '../../../contracts';
import { renderRequest } from './request';
import { scopeOf } from './scope';
import { compile } from './template/compile';
import { unknownNames } from './template/known-names';
import { suggestionFor } from './template/suggestion';
import { TemplateError, TextFault, placeAt } from './template-error';
import type { HeaderText, RenderInput } from './types';

/** An event to try the template on: a sample of each event type that the webhook is subscribed to, or a real one. */
export type TemplateSample = Pick<RenderInput, 'event' | 'body' | 'site'>;

export interface TemplateToCheck {
  template: RequestTemplate;
  /** Headers that are not secret: their values are Liquid. */
  headers: readonly HeaderText[];
  secretNames: readonly string[];
  /** Without any, only what is wrong in itself is found. */
  samples: readonly TemplateSample[];
}

interface Part {
  path: string;
  text: string;
}

/** More than anybody reads; the first ones are the causes of the others. */
const mostProblems = 20;

/**
 * Everything that is wrong with a template: what cannot be understood, what cannot be rendered with the samples, and,
 * as warnings, names that no sample has. Empty if all is well.
 */
export function checkTemplate(checked: TemplateToCheck): TemplateProblem[] {
  const parts = partsOf(checked);
  const wrong = [...tooLong(parts), ...parts.flatMap((part) => staticProblems(part, checked.secretNames))];
  if (wrong.length > 0) return wrong.slice(0, mostProblems);
  const problems = [...rendered(checked), ...parts.flatMap((part) => warnings(part, checked))];
  return problems.slice(0, mostProblems);
}

/** All texts that are Liquid. The body and the fields only if they are sent. */
function partsOf({ template, headers }: TemplateToCheck): Part[] {
  const { method, path, query, bodyType, body, fields } = template;
  const named = (name: string, list: readonly { value: string }[]): Part[] =>
    list.map(({ value }, index) => ({ path: `${name}.${index}.value`, text: value }));
  return [
    { path: 'method', text: method },
    { path: 'path', text: path },
    ...named('query', query),
    ...(bodyType === 'json' || bodyType === 'text' ? [{ path: 'body', text: body }] : []),
    ...(bodyType === 'form' ? named('fields', fields) : []),
    ...named('headers', headers),
  ];
}

function tooLong(parts: readonly Part[]): TemplateProblem[] {
  const length = parts.reduce((sum, { text }) => sum + text.length, 0);
  if (length <= templateLimits.length) return [];
  return [
    problemOf(
      'body',
      new TextFault(`all texts together are longer than ${templateLimits.length} characters`, null),
    ),
  ];
}

function staticProblems({ path, text }: Part, secretNames: readonly string[]): TemplateProblem[] {
  const { faults, secrets } = compile(text);
  const unknownSecrets = secrets
    .filter(({ name }) => !secretNames.includes(name))
    .map(({ name, offset }) => {
      const message = `there is no secret called “${name}”`;
      return new TextFault(message, placeAt(text, offset), suggestionFor(name, secretNames));
    });
  const misplaced =
    path === 'method' && secrets.length > 0 ? [new TextFault('a method is never a secret', null)] : [];
  return [...faults, ...unknownSecrets, ...misplaced].map((fault) => problemOf(path, fault));
}

/** The first problem of each sample; the same one is told once. */
function rendered({ template, headers, secretNames, samples }: TemplateToCheck): TemplateProblem[] {
  const found = new Map<string, TemplateProblem>();
  const webhook = { id: 0, name: '', format: 'template' as const, template, headers, secretNames };
  for (const sample of samples) {
    try {
      renderRequest({ ...sample, webhook }, sampleNonce);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      found.set(JSON.stringify(error.problem), error.problem);
    }
  }
  return [...found.values()];
}

/** What is rendered here is not sent. */
const sampleNonce = '0'.repeat(32);

function warnings({ path, text }: Part, { samples }: TemplateToCheck): TemplateProblem[] {
  const webhook = {
    id: 0,
    name: '',
    format: 'template' as const,
    template: null,
    headers: [],
    secretNames: [],
  };
  const scopes = samples.map((sample) => scopeOf({ ...sample, webhook }));
  return unknownNames(compile(text), scopes).map((fault) => ({ ...problemOf(path, fault), warning: true }));
}

const problemOf = (path: string, fault: TextFault): TemplateProblem => TemplateError.of(path, fault).problem;
