import { changedNames, changesOf, merged } from './edits';

const read = {
  name: 'CRM',
  url: 'https://old.example.com',
  active: false,
  headers: [{ name: 'x-key', value: null as string | null }],
  rateLimit: { count: 1, seconds: 60 },
};

describe('what was changed in a form', () => {
  it('is what alone is sent: nothing that only stands there as it was loaded', () => {
    expect(changesOf(read, { ...read, url: 'https://new.example.com' })).toEqual({
      url: 'https://new.example.com',
    });
    expect(changesOf(read, structuredClone(read))).toEqual({});
  });

  it('is not the order in which the server names things', () => {
    expect(changedNames(read, { ...read, rateLimit: { seconds: 60, count: 1 } })).toEqual([]);
    expect(changedNames(read, { ...read, headers: [{ name: 'x-key', value: 'new' }] })).toEqual(['headers']);
    expect(changedNames({ list: [1, 2] }, { list: [2, 1] })).toEqual(['list']);
  });
});

describe('a form that is being edited, when what is stored has changed', () => {
  it('keeps what was typed: turned on beside the form, a new address stays', () => {
    const mine = { ...read, url: 'https://new.example.com' };
    expect(merged(read, mine, { ...read, active: true })).toEqual({
      values: { ...mine, active: true },
      conflicts: [],
    });
  });

  it('names what was changed in both places, and differently', () => {
    const mine = { ...read, url: 'https://mine.example.com', name: 'Same' };
    const stored = { ...read, url: 'https://theirs.example.com', name: 'Same', active: true };
    expect(merged(read, mine, stored)).toEqual({ values: { ...mine, active: true }, conflicts: ['url'] });
  });

  it('takes over what nobody has touched here', () => {
    const stored = { ...read, name: 'Renamed' };
    expect(merged(read, read, stored)).toEqual({ values: stored, conflicts: [] });
  });
});
