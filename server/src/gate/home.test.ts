import type { Home, HomePolicy, Place } from './home';
import { awayFrom, betterKnown, withHostOfHere } from './home';

const policy: HomePolicy = { enabled: true, alsoHome: [] };
const place = (host: string | null, environment = 'production', name: string | null = null): Place => ({
  name,
  host,
  environment,
});

const rule = (home: Home, here: Place, chosen = policy) => awayFrom(home, { here, policy: chosen });

describe('a copied database does not call production receivers', () => {
  it.each<[string, Home, Place, ReturnType<typeof awayFrom>]>([
    ['the same place', place('cms.example.com'), place('cms.example.com'), null],
    [
      'production, copied to a laptop',
      place('cms.example.com'),
      place('localhost', 'development'),
      'environment',
    ],
    ['production, copied to staging', place('cms.example.com'), place('staging.example.com'), 'host'],
    [
      'another configured name',
      place(null, 'production', 'live'),
      place(null, 'production', 'staging'),
      'name',
    ],
    [
      'a name that is set in the copy alone',
      place('cms.example.com'),
      place('cms.example.com', 'production', 'staging'),
      'unnamed',
    ],
    ['a configured name and none here', place(null, 'production', 'live'), place(null), 'name'],
    [
      'the same name, another host',
      place('a.example.com', 'production', 'live'),
      place('b.example.com', 'production', 'live'),
      null,
    ],
    ['containers without server.url', place('localhost'), place('localhost'), null],
    ['no public address at all', place(null), place(null), null],
    ['addresses instead of names', place('10.0.0.4'), place('10.0.0.9'), null],
    ['IPv6 literals', place('[::1]'), place('[fe80::1]'), null],
    ['a host name without a dot', place('web-7f9c'), place('web-81ab'), null],
    ['development that became production', place('localhost', 'development'), place('cms.example.com'), null],
    ['letter case', place('cms.example.com'), place('CMS.example.com.'), null],
    [
      'another database, as after an import',
      { ...place(null, 'development'), database: 'a' },
      { ...place(null, 'development'), database: 'b' },
      'database',
    ],
    [
      'a database that had no mark yet',
      place(null, 'development'),
      { ...place(null, 'development'), database: 'b' },
      null,
    ],
    [
      'another database under the same name',
      { ...place(null, 'production', 'live'), database: 'a' },
      { ...place(null, 'production', 'live'), database: 'b' },
      null,
    ],
  ])('%s', (_, home, here, expected) => {
    expect(rule(home, here)).toBe(expected);
  });

  it('can be told of further names, and be switched off', () => {
    const home = place('old.example.com', 'production', 'old');
    const here = place('new.example.com', 'production', 'new');
    expect(rule(home, here)).toBe('name');
    expect(rule(home, here, { enabled: true, alsoHome: ['old'] })).toBeNull();
    expect(rule(home, here, { enabled: false, alsoHome: [] })).toBeNull();
  });

  it('can be told that the original has just got its name', () => {
    const named = place('cms.example.com', 'production', 'live');
    const unnamedHome = { ...policy, unnamedHome: true };
    expect(rule(place('cms.example.com'), named)).toBe('unnamed');
    expect(rule(place('cms.example.com'), named, unnamedHome)).toBeNull();
    expect(rule(place('www.example.com'), named, unnamedHome)).toBe('host');
    expect(rule(place('cms.example.com', 'production', 'old'), named, unnamedHome)).toBe('name');
  });

  describe('two addresses of one installation', () => {
    const admin = place('admin.example.com');
    const api = place('api.example.com');
    it('are one home while both are alive', () => {
      expect(awayFrom(admin, { here: api, policy })).toBe('host');
      expect(awayFrom(admin, { here: api, policy, siblingHosts: ['admin.example.com'] })).toBeNull();
      expect(awayFrom(admin, { here: api, policy, siblingHosts: ['other.example.com'] })).toBe('host');
    });

    it('and stay so, since it is remembered; a copy elsewhere waits all the same', () => {
      const both = withHostOfHere(admin, api) ?? admin;
      expect(both).toEqual({ ...admin, alsoHosts: ['api.example.com'] });
      expect(withHostOfHere(both, api)).toBeNull();
      expect([rule(both, api), rule(both, admin), rule(both, place('staging.example.com'))]).toEqual([
        null,
        null,
        'host',
      ]);
    });

    it('where there is no real address nothing is added', () => {
      expect(withHostOfHere(place('localhost'), api)).toBeNull();
      expect(withHostOfHere(admin, place('10.0.0.4'))).toBeNull();
    });
  });

  it('remembers a public address that was set later, and never forgets one', () => {
    expect(betterKnown(place('localhost'), place('cms.example.com'))).toEqual(place('cms.example.com'));
    expect(betterKnown(place('cms.example.com'), place('localhost'))).toBeNull();
    expect(betterKnown(place('cms.example.com'), place('cms.example.com', 'production', 'live'))).toEqual(
      place('cms.example.com', 'production', 'live'),
    );
  });
});
