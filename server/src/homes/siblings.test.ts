import type { InstanceRow } from '../store/instances';
import { createSiblings } from './siblings';

const row = (key: string, publicHost: string | null, seenAt: number): InstanceRow => ({
  key,
  publicHost,
  seenAt,
  host: 'web',
  pid: 1,
  engine: 'database',
  delivers: true,
  version: '1',
  startedAt: 0,
});

describe('other processes of this installation', () => {
  it('are those that say again that they are alive', () => {
    const siblings = createSiblings('me');
    siblings.look([row('me', 'api.example.com', 1), row('admin', 'admin.example.com', 1)]);
    expect([siblings.hosts(), siblings.undecided()]).toEqual([[], true]);
    siblings.look([row('me', 'api.example.com', 2), row('admin', 'admin.example.com', 2)]);
    expect([siblings.hosts(), siblings.undecided()]).toEqual([['admin.example.com'], false]);
  });

  it('rows that came with a copied database prove nothing, however often they are read', () => {
    const siblings = createSiblings('me');
    for (let turn = 0; turn < 4; turn += 1) siblings.look([row('original', 'www.example.com', 1)]);
    expect([siblings.hosts(), siblings.undecided()]).toEqual([[], true]);
    siblings.look([]);
    expect([siblings.hosts(), siblings.undecided()]).toEqual([[], false]);
  });

  it('one that is gone is forgotten, and has to prove itself anew', () => {
    const siblings = createSiblings('me');
    siblings.look([row('a', 'a.example.com', 1)]);
    siblings.look([row('a', 'a.example.com', 2)]);
    siblings.look([]);
    siblings.look([row('a', 'a.example.com', 3)]);
    expect(siblings.hosts()).toEqual([]);
  });

  it('one without a public address adds none', () => {
    const siblings = createSiblings('me');
    siblings.look([row('worker', null, 1)]);
    siblings.look([row('worker', null, 2)]);
    expect([siblings.hosts(), siblings.undecided()]).toEqual([[], false]);
  });
});
