/**
 * The positions of a chart's lines, from 0 to a round number that is not below `highest`: whole numbers, few
 * lines.
 */
export function chartScale(highest: number, linesAtMost = 4): number[] {
  const raw = Math.max(1, highest) / (linesAtMost - 1);
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * magnitude >= raw) ?? 10) * magnitude);
  const count = Math.max(1, Math.ceil(highest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}
