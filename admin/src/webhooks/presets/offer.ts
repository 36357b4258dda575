import { presetFor, type Preset } from '../../../../contracts/presets';
import type { WebhookFormState } from '../form/webhook-form';
import { answersOf, filledBy, missingAnswers } from './answers';

export interface PresetOffer {
  preset: Preset;
  /** What it changes in the form. */
  changes: Partial<WebhookFormState>;
  /** A format that was chosen is replaced by that of the preset. */
  replacesFormat: boolean;
}

/**
 * What the preset of the form's URL would fill in; null where there is none, where it changes nothing, or where it has to ask for
 * more. What was set by hand stays as it is, but for the format, of which the offer says so.
 */
export function offerFor(form: WebhookFormState): PresetOffer | null {
  const preset = presetFor(form.url)?.preset;
  if (!preset) return null;
  const answers = answersOf(preset, form.url);
  const secrets = preset.fields.filter(({ kind, required }) => kind === 'secret' && required);
  const missing = missingAnswers(preset, answers).filter(
    (name) => !secrets.some((secret) => secret.name === name),
  );
  // A template of one's own is not touched: it may well be that of the preset, with other words.
  if (missing.length > 0 || form.format === 'template') return null;

  const { format, template, headers, rateLimit, collapse, url } = filledBy(preset, answers);
  const wanted: Partial<WebhookFormState> = {};
  if (format !== form.format) wanted.format = format;
  if (template) wanted.template = template;
  const added = headers.filter(({ name }) => !form.headers.some((known) => sameName(known.name, name)));
  if (added.length > 0) wanted.headers = [...form.headers, ...added];
  const asked = secrets.filter(({ name }) => !form.templateSecrets.some((known) => known.name === name));
  if (asked.length > 0) {
    wanted.templateSecrets = [...form.templateSecrets, ...asked.map(({ name }) => ({ name, value: '' }))];
  }
  if (form.rateLimit === null && rateLimit) wanted.rateLimit = rateLimit;
  if (form.collapse === null && collapse) wanted.collapse = collapse;
  if (Object.keys(wanted).length === 0) return null;
  if (url !== form.url.trim()) wanted.url = url;
  if (form.events.length === 0 && preset.events.length > 0) wanted.events = [...preset.events];
  if (form.name.trim() === '') wanted.name = preset.name;
  const replacesFormat = wanted.format !== undefined && form.format !== 'standard';
  return { preset, changes: wanted, replacesFormat };
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
