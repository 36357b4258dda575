import {
  deliveryListQuery,
  deliveryStateFilters,
  failureCodes,
  type DeliveryStateFilter,
} from '../../../../contracts';
import type { DeliveryListArgs } from '../api';

/** Time ranges that can be chosen, in hours. */
export const timeRanges = { hour: 1, day: 24, week: 7 * 24, month: 30 * 24 } as const;
export type TimeRange = keyof typeof timeRanges;

export const testChoices = ['hide', 'only'] as const;

/** The query of the page's URL, each value as text. */
export interface DeliveryFilters {
  webhook?: string;
  eventType?: string;
  state?: DeliveryStateFilter;
  code?: (typeof failureCodes)[number];
  httpStatus?: string;
  tries?: 'any';
  tests?: (typeof testChoices)[number];
  time?: TimeRange;
  documentId?: string;
  text?: string;
}

export const filterNames = [
  'webhook',
  'eventType',
  'state',
  'code',
  'httpStatus',
  'tries',
  'tests',
  'time',
  'documentId',
  'text',
] as const satisfies readonly (keyof DeliveryFilters)[];

const oneOf = <Value extends string>(values: readonly Value[], value: string | undefined) =>
  values.find((known) => known === value);

/** Reads the page's URL; invalid values are left out. */
export function readFilters(get: (name: string) => string | undefined): DeliveryFilters {
  const status = get('httpStatus');
  const webhook = get('webhook');
  return {
    webhook: webhook && /^\d+$/.test(webhook) ? webhook : undefined,
    eventType: get('eventType'),
    state: oneOf(deliveryStateFilters, get('state')),
    code: oneOf(failureCodes, get('code')),
    httpStatus: status && /^[1-5]\d\d$/.test(status) ? status : undefined,
    tries: oneOf(['any'] as const, get('tries')),
    tests: oneOf(testChoices, get('tests')),
    time: oneOf(Object.keys(timeRanges) as TimeRange[], get('time')),
    documentId: get('documentId'),
    text: get('text'),
  };
}

// A range begins at a full minute, so that the same filters give the same query for a while.
const minuteMs = 60_000;

/** The filters in the server's form. `now` in epoch milliseconds. */
export function asQuery({ time, ...filters }: DeliveryFilters, now: number): DeliveryListArgs {
  const since = time && Math.floor(now / minuteMs) * minuteMs - timeRanges[time] * 3_600_000;
  const parsed = deliveryListQuery
    .omit({ pageSize: true })
    .partial()
    .safeParse({ ...filters, since });
  return parsed.success ? parsed.data : {};
}
