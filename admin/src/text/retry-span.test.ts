import { retrySpan, spanOf } from './retry-span';

describe('retrySpan', () => {
  it('says the default schedule as three days', () => {
    expect(retrySpan(null)).toEqual({ unit: 'day', count: 3 });
  });

  it('says that there is one try only', () => {
    expect(retrySpan([])).toBeNull();
  });

  it.each([
    [[5], { unit: 'second', count: 5 }],
    [[60], { unit: 'minute', count: 1 }],
    [[90], { unit: 'second', count: 90 }],
    [[5400], { unit: 'minute', count: 90 }],
    [[3600, 3600], { unit: 'hour', count: 2 }],
    [[86_400], { unit: 'day', count: 1 }],
  ])('finds the unit that says it well: %j', (schedule, span) => {
    expect(retrySpan(schedule)).toEqual(span);
  });

  it('says nothing at all as zero seconds', () => {
    expect(spanOf(0)).toEqual({ unit: 'second', count: 0 });
  });
});
