const secondsOf = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
type Unit = keyof typeof secondsOf;

const isUnit = (text: string | undefined): text is Unit => text !== undefined && text in secondsOf;

/** `5m`: a number and, without a space, s, m, h or d. Seconds without a unit. */
const delayPattern = /^(\d+)([smhd]?)$/;

/** Typed delays (`5s, 5m, 2h`) in seconds; null if one of them is invalid. */
export function readDelays(text: string): number[] | null {
  const words = text.split(/[\s,;]+/).filter(Boolean);
  const delays = words.map((word) => {
    const found = delayPattern.exec(word.toLowerCase());
    if (!found) return null;
    return Number(found[1]) * secondsOf[isUnit(found[2]) ? found[2] : 's'];
  });
  return delays.every((delay) => delay !== null) ? delays : null;
}

/** Stands in a form for delays that cannot be read, so that it is not saved with those that stood there before. */
export const unreadableDelays: number[] = [Number.NaN];

/** Seconds as typed text: `5s, 5m, 2h`. */
export function writeDelays(delays: readonly number[]): string {
  return delays
    .filter((delay) => !Number.isNaN(delay))
    .map(writeDelay)
    .join(', ');
}

function writeDelay(seconds: number): string {
  const unit =
    (['d', 'h', 'm'] as const).find((name) => seconds > 0 && seconds % secondsOf[name] === 0) ?? 's';
  return `${seconds / secondsOf[unit]}${unit}`;
}
