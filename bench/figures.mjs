/** The value below which this part of the values lies. */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const round = (value, digits = 3) => Number(value.toFixed(digits));

/** The middle of the rounds, and how far apart their lowest and highest are. */
const ofRounds = (rounds) => ({
  value: round(median(rounds)),
  spread: [round(Math.min(...rounds)), round(Math.max(...rounds))],
});

/**
 * More is better: rounds of ours against rounds of the other's, which were made in turn.
 *
 * @param {{ ours: number[], others: number[], atLeast: number, unit: string, what: string }} input
 */
export function atLeast({ ours, others, atLeast: least, unit, what }) {
  const [own, other] = [ofRounds(ours), ofRounds(others)];
  const ratio = round(own.value / other.value);
  return {
    what,
    unit,
    ...own,
    against: other,
    ratio,
    target: `≥ ${least} ×`,
    holds: ratio >= least,
  };
}

/**
 * Less is better: at most so many times the other's, or so many milliseconds more.
 *
 * @param {{ ours: number[], others: number[], times: number, orMs: number, what: string }} input
 */
export function atMost({ ours, others, times, orMs, what }) {
  const [own, other] = [ofRounds(ours), ofRounds(others)];
  const ratio = round(own.value / other.value);
  return {
    what,
    unit: 'ms',
    ...own,
    against: other,
    ratio,
    target: `≤ ${times} × or + ${orMs} ms`,
    holds: ratio <= times || own.value - other.value <= orMs,
  };
}

/** A count with an upper bound of its own. */
export function countAtMost({ ours, most, unit, what, ...more }) {
  const own = ofRounds(ours);
  return { what, unit, ...own, ratio: null, target: `≤ ${most}`, holds: own.value <= most, ...more };
}

/** The figures as a table, one a line. */
export function table(figures) {
  const lines = Object.entries(figures).flatMap(([letter, figure]) =>
    'holds' in figure
      ? [row(letter, figure)]
      : Object.entries(figure).map(([name, one]) => row(`${letter}.${name}`, one)),
  );
  const head = ['', 'what', 'value', 'spread', 'against', 'ratio', 'target', 'holds'];
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => cells[column].length)));
  return all
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const row = (name, { what, unit, value, spread, against, ratio, target, holds }) => [
  name,
  what,
  `${value} ${unit}`,
  spread.join('–'),
  against ? `${against.value} (${against.spread.join('–')})` : '',
  ratio === null ? '' : `${ratio} ×`,
  target,
  holds ? 'yes' : 'NO',
];

/** What a save may take beside work, in milliseconds, where it takes `idle` alone. */
export const mostOfSave = (idle) => Number((2 * idle + 15).toFixed(1));
