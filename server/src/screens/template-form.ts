import type { WebhookInput } from '../../../contracts';

/** A webhook as far as its template depends on it: a form, or what is stored. */
export interface TemplateForm extends Pick<
  WebhookInput,
  'name' | 'format' | 'template' | 'events' | 'collapse' | 'fields' | 'shownBy'
> {
  headers: readonly { name: string; value: string | null; secret: boolean }[];
  templateSecrets: readonly { name: string }[];
}
