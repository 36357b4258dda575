/** How our scripts speak in the terminal: colours and moving lines on a terminal only, plain lines elsewhere. */
const isTerminal = Boolean(process.stdout.isTTY) && process.env.TERM !== 'dumb';
const coloured = isTerminal && !process.env.NO_COLOR;

const paint = (code) => (text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : String(text));

export const bold = paint('1');
export const dim = paint('2');
export const red = paint('31');
export const green = paint('32');
export const yellow = paint('33');
export const cyan = paint('36');

/** 40 ms, 4.2 s, 2 min 7 s. */
export function duration(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export const say = (text = '') => process.stdout.write(`${text}\n`);

/** Where no line can be rewritten a dot says every so often that something still goes on. */
const dotEveryMs = 5000;

/**
 * Shows that something long is going on while `work` runs, then how long it took.
 *
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @param {(result: T) => { good: boolean, text?: string }} [judge] by default what does not throw is good
 * @returns {Promise<T>}
 */
export async function during(what, work, judge = () => ({ good: true })) {
  const began = Date.now();
  const stopLife = isTerminal ? clockLine(what, began) : dots(what);
  let verdict = { good: false };
  try {
    const result = await work();
    verdict = judge(result);
    return result;
  } finally {
    stopLife();
    const mark = verdict.good ? green('✓') : red('✗');
    const details = [verdict.text, duration(Date.now() - began)].filter(Boolean).join(', ');
    if (isTerminal) say(`  ${mark} ${what} ${dim(`(${details})`)}`);
    else say(` ${mark} ${details}`);
  }
}

function clockLine(what, began) {
  const draw = () => process.stdout.write(`\r\u001b[K  … ${what} ${dim(duration(Date.now() - began))}`);
  draw();
  const timer = setInterval(draw, 500);
  return () => {
    clearInterval(timer);
    process.stdout.write('\r\u001b[K');
  };
}

function dots(what) {
  process.stdout.write(`  ${what} `);
  const timer = setInterval(() => process.stdout.write('.'), dotEveryMs);
  return () => clearInterval(timer);
}

/** The last lines of a text, indented, for a failure that has to be explained. */
export function tail(text, lines = 40) {
  const all = text.trimEnd().split('\n');
  const shown = all.slice(-lines).map((line) => `    ${line}`);
  return (all.length > lines ? [dim(`    … ${all.length - lines} lines before`), ...shown] : shown).join(
    '\n',
  );
}
