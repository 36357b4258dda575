import { parseUrl } from '../address';
import { requestTemplate } from '../sending';
import type { WebhookFormValues } from '../webhook-input';
import type { Preset, PresetTemplate } from './types';

/** What was entered: by the names of the preset's fields and parts. */
export interface PresetAnswers {
  /** Of a pasted address. */
  url?: string;
  name?: string;
  events?: readonly string[];
  fields: Readonly<Record<string, string>>;
}

/** The values of the form that a preset decides. */
export type FilledPreset = Required<
  Pick<
    WebhookFormValues,
    | 'name'
    | 'url'
    | 'urlSecret'
    | 'events'
    | 'format'
    | 'template'
    | 'headers'
    | 'templateSecrets'
    | 'rateLimit'
    | 'collapse'
  >
>;

/** What is missing or not as it has to be: names of fields and parts, and `url`. */
export function presetProblems(preset: Preset, answers: PresetAnswers): string[] {
  const { address } = preset;
  const given = answersOf(preset, answers);
  const parts =
    address.kind === 'built'
      ? address.parts.filter(({ name, pattern }) => !pattern.test(given[name] ?? '')).map(({ name }) => name)
      : parseUrl(answers.url ?? '') === null
        ? ['url']
        : [];
  const fields = preset.fields.filter(({ name, required }) => required && (given[name] ?? '') === '');
  return [...parts, ...fields.map(({ name }) => name)];
}

/** The form, filled in. Pure: what is missing stays empty, and is found by `presetProblems`. */
export function fillPreset(preset: Preset, answers: PresetAnswers): FilledPreset {
  const given = answersOf(preset, answers);
  const secrets = preset.fields.filter(({ kind, name }) => kind === 'secret' && (given[name] ?? '') !== '');
  return {
    name: answers.name ?? preset.name,
    url: urlOf(preset, answers, given),
    urlSecret: preset.urlSecret,
    events: [...(answers.events ?? preset.events)],
    format: preset.format,
    template: preset.template && filledTemplate(preset.template, given),
    headers: preset.headers
      .filter(({ needs }) => needs === undefined || (given[needs] ?? '') !== '')
      .map(({ name, value }) => ({ name, value: filled(value, given), secret: false })),
    templateSecrets: secrets.map(({ name }) => ({ name, value: given[name] ?? '' })),
    rateLimit: preset.rateLimit,
    collapse: preset.collapse,
  };
}

type Given = Readonly<Record<string, string>>;

/** What was entered, else what the URL says, else what is proposed. */
function answersOf(preset: Preset, { url, fields }: PresetAnswers): Given {
  const { address } = preset;
  const proposed = Object.fromEntries(preset.fields.map((field) => [field.name, field.default]));
  const fromUrl =
    address.kind === 'pasted' && address.pathField !== undefined
      ? { [address.pathField]: pathOf(url ?? '') }
      : {};
  const entered = Object.entries(fields)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== '');
  return { ...proposed, ...fromUrl, ...Object.fromEntries(entered) };
}

const pathOf = (url: string): string => parseUrl(url)?.pathname.replace(/^\/+|\/+$/g, '') ?? '';

function urlOf({ address }: Preset, { url = '' }: PresetAnswers, given: Given): string {
  if (address.kind === 'built') {
    return address.url.replace(/\{(\w+)\}/g, (_whole, name: string) => given[name] ?? '');
  }
  // What its path says stands in the body.
  return address.pathField === undefined ? url.trim() : (parseUrl(url)?.origin ?? url.trim());
}

const filled = (text: string, given: Given): string =>
  text.replace(/«(\w+)»/g, (_whole, name: string) => given[name] ?? '');

function filledTemplate({ method, path, query, bodyType, body }: PresetTemplate, given: Given) {
  return requestTemplate.parse({
    method,
    path: filled(path ?? '', given),
    query: query?.map(({ name, value }) => ({ name, value: filled(value, given) })) ?? [],
    bodyType,
    body: filled(body ?? '', given),
  });
}
