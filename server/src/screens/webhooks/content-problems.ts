import { isDeepStrictEqual } from 'node:util';
import type { FieldTrees, WebhookConditions, WebhookInput } from '../../../../contracts';
import type { WebhookRow } from '../../store/webhooks';
import { problem } from '../../validate';
import type { Problem } from '../../validate';
import type { TemplateForm } from '../template-form';

export interface ContentChecks {
  /** Why these conditions can never hold for these subscriptions. */
  conditionProblems(events: readonly string[], conditions: WebhookConditions | null): Promise<Problem[]>;
  /** Why the template of a form cannot be filled in. */
  templateProblems(input: TemplateForm): Problem[];
  /** What of its choice of fields names no field that can be sent. */
  fieldProblems(fields: FieldTrees | null): Problem[];
}

/**
 * What of a form can never hold, or never be filled in, with the content of this Strapi. What is stored and was once right
 * stays, so that the rest of the form can still be saved.
 */
export async function contentProblems(
  checks: ContentChecks,
  input: WebhookInput,
  old: WebhookRow | null,
): Promise<Problem[]> {
  const isAsBefore = (...names: Judged[]): boolean => isSame(input, old, names);
  const { events, conditions } = input;
  return [
    ...(isAsBefore('events', 'conditions') ? [] : await checks.conditionProblems(events, conditions)),
    ...(isAsBefore('fields')
      ? []
      : checks.fieldProblems(input.fields).map(({ path, message }) => problem(path, message))),
    ...(templateStays(input, old) ? [] : checks.templateProblems(input)),
  ];
}

type Judged = 'events' | 'conditions' | 'format' | 'template' | 'fields';

const isSame = (input: WebhookInput, old: WebhookRow | null, names: readonly Judged[]): boolean =>
  old !== null && names.every((name) => isDeepStrictEqual(input[name], old[name]));

/** Whether nothing that a template is made of, or filled in with, is changed. */
export const templateStays = (input: WebhookInput, old: WebhookRow | null): boolean =>
  old !== null &&
  isSame(input, old, ['events', 'format', 'template', 'fields']) &&
  isDeepStrictEqual(textsOf(input), textsOf(old));

/** What else belongs to a template: the headers, and the names of its secrets. */
const textsOf = ({
  headers,
  templateSecrets,
}: Pick<WebhookInput, 'headers' | 'templateSecrets'>): unknown => [
  headers.map(({ name, value, secret }) => [name, secret ? null : value]),
  templateSecrets.map(({ name }) => name),
];
