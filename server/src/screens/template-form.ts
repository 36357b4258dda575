import type { WebhookInput } from '../../../contracts';
import type { Problem } from '../validate';

/** A webhook as far as its template depends on it: a form, or what is stored. */
export interface TemplateForm extends Pick<
  WebhookInput,
  'name' | 'format' | 'template' | 'events' | 'collapse' | 'fields' | 'shownBy'
> {
  headers: readonly { name: string; value: string | null; secret: boolean }[];
  templateSecrets: readonly { name: string }[];
}

/** What is wrong with a stored template that was not when it was saved. */
export interface TemplateDrift {
  /** Why it cannot be filled in. */
  wrong: readonly Problem[];
  /** Names that had a value once. */
  gone: readonly { name: string; problem: Problem }[];
}
