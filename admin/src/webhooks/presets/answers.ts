import { isSecretAddress, parseUrl, requestTemplate } from '../../../../contracts';
import { fillPreset, presetProblems, type Preset, type PresetAnswers } from '../../../../contracts/presets';
import type { WebhookFormState } from '../form/webhook-form';

/** What is asked for by a preset: the rest of its webhook stands in the form. */
export type Answers = Required<Pick<PresetAnswers, 'url' | 'fields'>>;

/** What a pasted URL says already. */
export function answersOf(preset: Preset, url: string): Answers {
  const pasted = url.trim();
  if (preset.address.kind === 'pasted') return { url: pasted, fields: {} };
  return { url: '', fields: partsOf(preset, pasted) };
}

/** The parts of a URL that is made of parts: `kovalenko/website` of `https://github.com/kovalenko/website`. */
function partsOf({ address }: Preset, url: string): Record<string, string> {
  if (address.kind !== 'built') return {};
  const escaped = address.url.replace(/[.?*+^$()|[\]\\]/g, '\\$&');
  const found = new RegExp(`^${escaped.replace(/\{(\w+)\}/g, '(?<$1>.+?)')}/?$`).exec(url)?.groups ?? {};
  const [only] = address.parts;
  const path = parseUrl(url)?.pathname.split('/').filter(Boolean).slice(0, 2).join('/') ?? '';
  const parts =
    Object.keys(found).length === 0 && only && address.parts.length === 1 ? { [only.name]: path } : found;
  return Object.fromEntries(
    Object.entries(parts).filter(([name, value]) =>
      address.parts.some((part) => part.name === name && part.pattern.test(value)),
    ),
  );
}

/** What a field of a preset shows: what was entered, else what the URL says or what is proposed. */
export function shownAnswer(preset: Preset, { url, fields }: Answers, name: string): string {
  const entered = fields[name];
  if (entered !== undefined) return entered;
  if (preset.address.kind === 'pasted' && preset.address.pathField === name) {
    return parseUrl(url)?.pathname.replace(/^\/+|\/+$/g, '') ?? '';
  }
  return preset.fields.find((field) => field.name === name)?.default ?? '';
}

/** Names of the fields and parts that are missing, or not as they have to be; what was emptied is missing too. */
export function missingAnswers(preset: Preset, answers: Answers): string[] {
  const emptied = preset.fields.filter(
    ({ name, required }) => required && shownAnswer(preset, answers, name).trim() === '',
  );
  const names = [...presetProblems(preset, answers), ...emptied.map(({ name }) => name)];
  return [...new Set(names)];
}

/** What a preset makes of the form. */
export type FilledForm = Pick<
  WebhookFormState,
  'url' | 'urlSecret' | 'format' | 'template' | 'headers' | 'templateSecrets' | 'rateLimit' | 'collapse'
>;

export function filledBy(preset: Preset, answers: Answers): FilledForm {
  const filled = fillPreset(preset, answers);
  return {
    url: filled.url,
    urlSecret: filled.urlSecret ?? isSecretAddress(filled.url),
    format: filled.format,
    template: filled.template && requestTemplate.parse(filled.template),
    headers: filled.headers.map(({ name, value, secret = false }) => ({ name, value, secret })),
    templateSecrets: filled.templateSecrets,
    rateLimit: filled.rateLimit,
    collapse: filled.collapse,
  };
}

const namesAtMost = 1;

/** `Slack: Payment Received`. */
export function proposedName(preset: Preset, events: readonly string[]): string {
  return events.length === 0 || events.length > namesAtMost
    ? preset.name
    : `${preset.name}: ${events.join(', ')}`;
}
