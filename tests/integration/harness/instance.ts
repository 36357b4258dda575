import { administrator } from './playground';
import { startServing } from './process';
import type { StrapiProcess } from './process';

/** A Strapi in a process of its own that serves and delivers. */
export interface Instance {
  process: StrapiProcess;
  /** Calls its admin API; `token` is that of any instance on the same database. Throws where it is refused. */
  ask: <T>(token: string, method: string, path: string, body?: unknown) => Promise<T>;
  /** Requests that it has made so far. */
  sent: () => number;
}

export async function startInstance(env: Record<string, string>): Promise<Instance> {
  const process = startServing(env);
  const [, url] = await process.says(/listening (\S+)/);
  return {
    process,
    sent: () => process.output().match(/^sent$/gm)?.length ?? 0,
    async ask<T>(token: string, method: string, path: string, body?: unknown) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
      return (text ? JSON.parse(text) : null) as T;
    },
  };
}

/** The first administrator of an empty database. @returns the token. */
export async function register(instance: Instance): Promise<string> {
  const answer = await instance.ask<{ data: { token: string } }>(
    '',
    'POST',
    '/admin/register-admin',
    administrator,
  );
  return answer.data.token;
}

/** As an editor does it in the content manager. */
export const saveAuthor = (instance: Instance, token: string, name: string): Promise<unknown> =>
  instance.ask(token, 'POST', '/content-manager/collection-types/api::author.author', { name });
