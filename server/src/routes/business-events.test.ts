import { permissions } from '../../../contracts';
import { routes } from './index';

/** The permissions that a route asks for, and whether one of them is enough. */
function needsOf(method: string, path: string) {
  const found = routes.admin.routes.find((route) => route.method === method && route.path === path);
  const [, policy] = (found?.config?.policies ?? []) as [
    string,
    { name: string; config: { actions: string[] } },
  ];
  return { any: policy.name.endsWith('hasAnyPermission'), actions: policy.config.actions };
}

describe('what the form of a business event asks for', () => {
  it.each(['/business-events/subjects', '/fields', '/conditions/choices'])(
    '%s is answered to who may save it and not read events',
    (path) => {
      const { any, actions } = needsOf('GET', path);
      expect(any).toBe(true);
      expect(actions).toContain(permissions.eventsManage);
    },
  );
});
