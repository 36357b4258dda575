/** Why a text is not JSON, in words, and the offset of the place. The words hold nothing of the text but one mark. */
export interface JsonFault {
  message: string;
  at: number;
}

const blank = /[ \t\n\r]*/y;
const plain = /[^"\\\u0000-\u001f]*/y; // eslint-disable-line no-control-regex
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

type Expected = 'value' | 'firstValue' | 'key' | 'firstKey' | 'next' | 'end';

/** Finds the first fault of a text that `JSON.parse` has refused: its own messages quote the text, and values with it. */
export function jsonFault(text: string): JsonFault {
  const open: ('[' | '{')[] = [];
  let at = 0;
  let expected: Expected = 'value';
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  /** The fault of a string that begins here, or null and `at` behind it. */
  const string = (): JsonFault | null => {
    const begin = at++;
    for (;;) {
      take(plain);
      if (text[at] === '"') return (at++, null);
      if (at >= text.length) return { message: 'a text begins here and has no closing quote', at: begin };
      if (text[at] !== '\\') return { message: 'a text in quotes must not hold a line break; write \\n', at };
      if (!take(escape)) return { message: 'a backslash must not stand alone; write \\\\', at };
    }
  };
  const afterValue = (): Expected => (open.length === 0 ? 'end' : 'next');
  for (;;) {
    take(blank);
    const mark = text[at];
    if (mark === undefined) return { message: endMessage(expected, open), at: Math.max(0, at - 1) };
    if (expected === 'end') return { message: 'the JSON has ended before this', at };
    if (expected === 'next') {
      const inside = open.at(-1);
      if (mark === ',') expected = inside === '[' ? 'value' : 'key';
      else if (mark === (inside === '[' ? ']' : '}')) {
        open.pop();
        expected = afterValue();
      } else return { message: `a comma or ${inside === '[' ? ']' : '}'} is missing before this`, at };
      at++;
    } else if (expected === 'key' || expected === 'firstKey') {
      if (mark === '}' && expected === 'firstKey') {
        at++;
        open.pop();
        expected = afterValue();
        continue;
      }
      if (mark !== '"') return { message: wrongMark(mark, 'a name in quotes'), at };
      const fault = string();
      if (fault) return fault;
      take(blank);
      if (text[at] !== ':')
        return { message: 'a colon is missing before this', at: Math.min(at, text.length - 1) };
      at++;
      expected = 'value';
    } else if (mark === '{' || mark === '[') {
      open.push(mark);
      at++;
      expected = mark === '{' ? 'firstKey' : 'firstValue';
    } else if (mark === ']' && expected === 'firstValue') {
      at++;
      open.pop();
      expected = afterValue();
    } else if (mark === '"') {
      const fault = string();
      if (fault) return fault;
      expected = afterValue();
    } else {
      if (!take(scalar)) return { message: wrongMark(mark, 'a value'), at };
      expected = afterValue();
    }
  }
}

const wrongMark = (mark: string, wanted: string): string =>
  mark === '}' || mark === ']' ? 'there is a comma too many before this' : `${wanted} is expected here`;

function endMessage(expected: Expected, open: readonly string[]): string {
  if (open.length === 0) return expected === 'value' ? 'the JSON is empty' : 'this is not JSON';
  return `the JSON ends too early: ${open.at(-1) === '[' ? ']' : '}'} is missing`;
}
