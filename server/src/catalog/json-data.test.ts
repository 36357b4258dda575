import { jsonOf } from './json-data';

const problemsOf = (value: unknown) =>
  jsonOf(value).problems.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('what code gives, as JSON', () => {
  it('plain data, dates, boxed values and what has a toJSON are told as JSON tells them', () => {
    const shared = { a: 1 };
    const value = {
      text: 'x',
      at: new Date('2026-01-02T03:04:05.000Z'),
      price: { toJSON: () => '58.80' },
      list: [1, null, 'x', { deep: [true] }],
      boxed: Object('x') as unknown,
      one: shared,
      again: shared,
      absent: undefined,
    };
    const { json, problems } = jsonOf(value);
    expect(problems).toEqual([]);
    expect(json).toEqual(JSON.parse(JSON.stringify(value)));
    expect(Object.keys(json as object)).not.toContain('absent');
  });

  it.each([
    ['a BigInt', { a: { b: 1n } }, 'a.b: is a BigInt'],
    ['a function', { a: [0, () => 1] }, 'a.1: is a function'],
    ['a symbol', { a: Symbol('x') }, 'a: is a symbol'],
    ['undefined in a list', { a: [undefined] }, 'a.0: is undefined'],
    ['undefined itself', undefined, ': is undefined'],
    ['a Map', { a: new Map([[1, 2]]) }, 'a: is a Map'],
    ['a Set', { a: new Set([1]) }, 'a: is a Set'],
    ['an Error', { a: new Error('x') }, 'a: is a Error'],
    ['no number', { a: Number.NaN }, 'a: is NaN'],
    ['endless', { a: Infinity }, 'a: is Infinity'],
    ['no date', { a: new Date('nonsense') }, 'a: is no valid date'],
    ['bytes', { a: new Uint8Array([1]) }, 'a: is a buffer'],
  ])('%s is named', (_, value, said) => {
    expect(problemsOf(value)).toEqual([expect.stringContaining(said)]);
  });

  it('a circle, what is too deep, and what throws when it is read are named', () => {
    const circle: Record<string, unknown> = {};
    circle['inside'] = { circle };
    expect(problemsOf(circle)).toEqual([expect.stringContaining('inside.circle: leads back to itself')]);
    let deep: unknown = 1;
    for (let at = 0; at < 300; at += 1) deep = [deep];
    expect(problemsOf(deep)[0]).toContain('is nested too deeply');
    const throwing = {
      get a(): never {
        throw new Error('no');
      },
    };
    expect(problemsOf({ throwing })).toEqual([
      'throwing: cannot be read: an error is thrown by its toJSON or by a getter',
    ]);
    expect(
      problemsOf({
        b: {
          toJSON: () => {
            throw new Error('no');
          },
        },
      }),
    ).toEqual(['b: cannot be read: an error is thrown by its toJSON or by a getter']);
  });

  it('promises are named, all of them, and none is left to end the process when it is rejected', async () => {
    const unhandled: unknown[] = [];
    const heard = (reason: unknown) => void unhandled.push(reason);
    process.on('unhandledRejection', heard);
    const value = { a: Promise.reject(new Error('a')), b: [1n, Promise.reject(new Error('b'))] };
    expect(problemsOf(value)).toEqual([
      expect.stringMatching(/^a: is a promise/),
      expect.stringContaining('b.0'),
      expect.stringMatching(/^b\.1: is a promise/),
    ]);
    expect(problemsOf(Promise.reject(new Error('c')))).toEqual([expect.stringMatching(/^: is a promise/)]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', heard);
    expect(unhandled).toEqual([]);
  });

  it('a key like __proto__ stays a key', () => {
    const given: unknown = JSON.parse('{"__proto__":{"a":1}}');
    expect(JSON.stringify(jsonOf(given).json)).toBe('{"__proto__":{"a":1}}');
  });
});
