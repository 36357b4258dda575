import { readFileSync } from 'node:fs';
import path from 'node:path';
import { routes } from '.';

const document = readFileSync(path.resolve(__dirname, '../../../docs/api.md'), 'utf8');
const prefix = 'plugin::event-webhooks.';

interface Guarded {
  method: string;
  path: string;
  config?: { policies?: (string | { name: string; config: { actions: string[] } })[] };
}

/** `GET /webhooks: webhooks.read`, with `or` where one permission is enough. */
function told({ method, path: route, config }: Guarded): string {
  const guard = config?.policies?.find((policy) => typeof policy !== 'string');
  if (guard === undefined) throw new Error(`${method} ${route} asks for no permission`);
  const names = guard.config.actions.map((action) => action.replace(prefix, ''));
  const joint = guard.name === 'admin::hasPermissions' ? ' and ' : ' or ';
  return `${method} ${route}: ${names.join(joint)}`;
}

/** The rows of the tables of routes: method and path, what it does, permissions. */
function documented(): string[] {
  const row = /^\| `([A-Z]+) (\/[^`]*)` +\| .+ \| ([^|]+?) +\|$/gm;
  return [...document.matchAll(row)].map(
    ([, method = '', route = '', needs = '']) => `${method} ${route}: ${needs.replaceAll('`', '')}`,
  );
}

it('docs/api.md lists each route of the admin API with its permissions', () => {
  expect(documented().sort()).toEqual((routes.admin.routes as unknown as Guarded[]).map(told).sort());
});
