import type { Actor } from '../../../contracts';

/** A delivery that was made of a change of a document. */
export interface NewSighting {
  webhookId: number;
  uid: string | null;
  documentId: string | null;
  locale: string | null;
  actor: { type: string; id: string | null; name: string | null };
}

/** Who may be a receiver that writes back. Editors are people, and nobody else changes content in a request. */
export const watchedActors: ReadonlySet<Actor['type'] | string> = new Set(['api_token', 'user']);
