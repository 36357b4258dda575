import { durationBoundsMs } from '../../../contracts/statistics';

/** The counters of the hourly roll-up: `took_10` counts what took at most 10 ms, `took_longer` the rest. */
export const durationColumns: readonly { attribute: string; name: string }[] = [
  ...durationBoundsMs.map((bound) => ({ attribute: `took${bound}`, name: `took_${bound}` })),
  { attribute: 'tookLonger', name: 'took_longer' },
];

/** Which counter a duration, in milliseconds, belongs to. */
export function durationIndex(durationMs: number): number {
  const index = durationBoundsMs.findIndex((bound) => durationMs <= bound);
  return index === -1 ? durationBoundsMs.length : index;
}
