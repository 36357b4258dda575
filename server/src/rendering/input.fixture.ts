import type { PayloadFormat, RequestTemplate } from '../../../contracts';
import { requestTemplate } from '../../../contracts';
import type { RenderEvent, RenderInput } from './types';

/** An article as a content event tells it. */
export const article: Record<string, unknown> = {
  id: 7,
  documentId: 'hb5uwmcyivkdkl5v8elqzvmp',
  title: 'Seven soups for a rainy week',
  slug: 'seven-soups',
  summary: 'From borscht to ramen: one pot, half an hour, and what is left in the vegetable drawer.',
  featured: true,
  rating: 4.5,
  author: { id: 2, documentId: 'qf8k2hdnv0s1kzn3b6d4m9xw', name: 'Olena Kovalenko', slug: 'olena-kovalenko' },
  tags: [
    { id: 1, documentId: 'tagone', name: 'soup' },
    { id: 2, documentId: 'tagtwo', name: 'autumn' },
  ],
  publishedAt: '2026-11-24T14:02:07.418Z',
};

const event: RenderEvent = {
  messageId: 'msg_2KWPBgLlAfxdpx2AI54p',
  type: 'article.published',
  occurredAt: Date.parse('2026-11-24T14:02:07.418Z'),
  uid: 'api::article.article',
  model: 'article',
  documentId: 'hb5uwmcyivkdkl5v8elqzvmp',
  locale: 'en',
  status: 'published',
  action: 'published',
  actor: { type: 'admin', id: '1', name: 'Olena Kovalenko' },
  changedFields: ['title', 'publishedAt'],
  test: false,
};

export const site = { serverUrl: 'https://cms.example.com', adminUrl: 'https://cms.example.com/admin' };

export interface InputChoices {
  format?: PayloadFormat;
  template?: Partial<RequestTemplate>;
  headers?: { name: string; value: string }[];
  secretNames?: string[];
  entry?: Record<string, unknown>;
  /** The entry as Strapi's own webhook sends it. */
  coreEntry?: string;
  /** In place of the data of a content event. */
  data?: Record<string, unknown>;
  event?: Partial<RenderEvent>;
  site?: RenderInput['site'];
}

/** A complete input: what a test does not name is the published article and an empty template. */
export function inputWith(choices: InputChoices = {}): RenderInput {
  const told = { ...event, ...choices.event };
  const content = {
    uid: told.uid,
    model: told.model,
    documentId: told.documentId,
    locale: told.locale,
    status: told.status,
    entry: choices.entry ?? article,
    changedFields: told.changedFields,
    previous: told.changedFields === null ? null : { title: 'Soups' },
  };
  const timestamp = new Date(told.occurredAt).toISOString();
  return {
    event: told,
    body: JSON.stringify({ type: told.type, timestamp, data: choices.data ?? content }),
    ...(choices.coreEntry !== undefined && { coreEntry: choices.coreEntry }),
    site: choices.site ?? site,
    webhook: {
      id: 1,
      name: 'Newsroom',
      format: choices.format ?? 'template',
      // Not checked by the contract: what is stored may be longer than it allows.
      template: { ...requestTemplate.parse({}), ...choices.template },
      headers: choices.headers ?? [],
      secretNames: choices.secretNames ?? [],
    },
  };
}
