export interface ChartLabel {
  /** The middle of what it names, pixels. */
  middle: number;
  words: string;
}

export interface PlacedLabel {
  x: number;
  textAnchor: 'middle' | 'end';
  words: string;
}

// Of the size of the type: a label is taken for wider than it is rather than for narrower.
const widestLetter = 0.62;
const gap = 6;

/** Where labels stand below a chart: none past its right edge, where it would be cut, and none into the one before it. */
export function placeLabels(labels: readonly ChartLabel[], width: number, fontSize: number): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  let taken = -Infinity;
  for (const { middle, words } of labels) {
    const long = words.length * fontSize * widestLetter;
    const end = Math.min(middle + long / 2, width);
    if (end - long < taken + gap) continue;
    const isCut = middle + long / 2 > width;
    placed.push({ x: isCut ? width : middle, textAnchor: isCut ? 'end' : 'middle', words });
    taken = end;
  }
  return placed;
}
