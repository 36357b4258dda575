import Database from 'better-sqlite3';
import { jsonParameter, jsonRows } from './json-rows';

/** What SQLite makes of a text that travels in rows as JSON. */
function throughSqlite(text: string): unknown {
  const database = new Database(':memory:');
  try {
    const rows = jsonRows('sqlite', { name: 'text' }, 'given');
    const found = database
      .prepare(`select given.name as name from ${rows}`)
      .get(jsonParameter([{ name: text }]));
    return (found as { name: unknown }).name;
  } finally {
    database.close();
  }
}

describe('rows as JSON', () => {
  it.each(['', 'plain', '"quoted" \\ back\\slash', '\\ud800 spelt out', '🌾 Леся', '\n\t\u0001'])(
    'keeps %j as it is',
    (text) => {
      expect(throughSqlite(text)).toBe(text);
    },
  );

  it.each([
    ['a\ud800b', 'a\ufffdb'],
    ['\\\udc00', '\\\ufffd'],
  ])('replaces the half of a character in %j', (text, kept) => {
    expect(throughSqlite(text)).toBe(kept);
  });
});
