import type { Core } from '@strapi/strapi';
import { currentActor } from './actor';

const during = (state: object) => ({ requestContext: { get: () => ({ state }) } }) as unknown as Core.Strapi;

describe('who made a change', () => {
  const anna = { id: 3, firstname: 'Anna', lastname: 'Kovalenko', username: null };

  it('is the administrator of a session', () => {
    const state = { user: anna, auth: { strategy: { name: 'admin' }, credentials: anna } };
    expect(currentActor(during(state))).toEqual({ type: 'admin', id: '3', name: 'Anna Kovalenko' });
  });

  it('is, with an admin token, the administrator it belongs to, and not the one whose id is that of the token', () => {
    const token = { id: 7, name: 'Deploy' };
    const state = { user: anna, auth: { strategy: { name: 'admin-token' }, credentials: token } };
    expect(currentActor(during(state))).toEqual({ type: 'admin', id: '3', name: 'Anna Kovalenko (Deploy)' });
  });

  it('is nobody in particular outside of a request', () => {
    const outside = { requestContext: { get: () => undefined } } as unknown as Core.Strapi;
    expect(currentActor(outside)).toEqual({ type: 'system', id: null, name: null });
  });
});
