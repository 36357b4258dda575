import { presets } from '../../../../contracts/presets';
import { foundPresets, isAddress } from './preset-search';

const found = (search: string) =>
  foundPresets(presets, search, ({ name, group }) => [name, group]).map(({ id }) => id);

describe('the search for a preset', () => {
  it('finds by any part of its words, and all of them without one', () => {
    expect(found('slac')).toEqual(['slack']);
    expect(found('  SYNC cloud ')).toEqual(['cloudflare_purge']);
    expect(found('')).toHaveLength(presets.length);
    expect(found('carrier pigeon')).toEqual([]);
  });

  it.each([
    ['https://hooks.slack.com/services/T0/B0/X', true],
    [' http://localhost:3000 ', true],
    ['slack', false],
    ['https://', false],
  ])('knows a URL: %s', (text, isOne) => {
    expect(isAddress(text)).toBe(isOne);
  });
});
