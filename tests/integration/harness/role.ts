import { permissions } from '../../../contracts';
import type { PermissionName } from '../../../contracts';
import type { Playground } from './playground';

export type Call = <T = unknown>(
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ status: number; body: T }>;

let made = 0;

/** Calls the admin API as somebody whose role has these permissions and no others. */
export async function roleWith(playground: Playground, ...names: PermissionName[]): Promise<Call> {
  made += 1;
  const { body: role } = await playground.admin<{ data: { id: number } }>('POST', '/admin/roles', {
    name: `Only ${names.join(' and ')} ${made}`,
    description: names.join(', '),
  });
  const granted = names.map((name) => ({
    ...{ action: permissions[name], subject: null, conditions: [], properties: {} },
  }));
  await playground.admin('PUT', `/admin/roles/${role.data.id}/permissions`, { permissions: granted });
  const who = { email: `only${made}@example.com`, password: 'Webhooks-2026' };
  const user = { ...who, firstname: 'Somebody', isActive: true, roles: [role.data.id] };
  await playground.strapi.service('admin::user').create(user);
  const answer = await fetch(`${playground.url}/admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(who),
  });
  const { token } = ((await answer.json()) as { data: { token: string } }).data;
  return async <T>(method: string, path: string, body?: unknown) => {
    const response = await fetch(playground.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : null) as T };
  };
}
