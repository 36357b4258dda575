import { operationalEvents } from './operational-events';
import { matchesSubscription } from './subscription';
import { misfits } from './schema-check.fixture';

describe('events about webhooks themselves', () => {
  it('must be named: nobody gets them for having chosen everything', () => {
    for (const { type, sensitive } of operationalEvents) {
      expect(matchesSubscription('*', type, sensitive)).toBe(false);
      expect(matchesSubscription('*.disabled', type, sensitive)).toBe(false);
      expect(matchesSubscription(type, type, sensitive)).toBe(true);
      expect(matchesSubscription(`${type.split('.')[0]}.*`, type, sensitive)).toBe(true);
    }
  });

  it('have complete samples that fit their schemas', () => {
    for (const { type, schema, sample } of operationalEvents) {
      expect([type, ...misfits(schema, sample)]).toEqual([type]);
    }
  });
});
