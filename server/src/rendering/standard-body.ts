export type Data = Readonly<Record<string, unknown>>;

/** The standard body, read. */
export interface StandardContent {
  timestamp: string;
  data: Data;
}

const isObject = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function contentOf(body: string): StandardContent {
  const { timestamp, data } = JSON.parse(body) as { timestamp: string; data: unknown };
  return { timestamp, data: isObject(data) ? data : {} };
}

/** The entry that the event is about; null for an event that is told otherwise. */
export function entryOf(data: Data): Data | null {
  const entry = Object.hasOwn(data, 'entry') ? data['entry'] : null;
  return isObject(entry) ? entry : null;
}

export { isObject };
