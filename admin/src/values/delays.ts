const secondsOf = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
type Unit = keyof typeof secondsOf;

const isUnit = (text: string | undefined): text is Unit => text !== undefined && text in secondsOf;

/** `5m`: a number and, without a space, s, m, h or d. Seconds where no unit is given. */
const delayPattern = /^(\d+)([smhd]?)$/;

/** Delays as they are typed (`5s, 5m, 2h`) in seconds; null where one of them cannot be read. */
export function readDelays(text: string): number[] | null {
  const words = text.split(/[\s,;]+/).filter(Boolean);
  const delays = words.map((word) => {
    const found = delayPattern.exec(word.toLowerCase());
    if (!found) return null;
    return Number(found[1]) * secondsOf[isUnit(found[2]) ? found[2] : 's'];
  });
  return delays.every((delay) => delay !== null) ? delays : null;
}

/** Seconds as one would type them: `5s, 5m, 2h`. */
export function writeDelays(delays: readonly number[]): string {
  return delays.map(writeDelay).join(', ');
}

function writeDelay(seconds: number): string {
  const unit =
    (['d', 'h', 'm'] as const).find((name) => seconds > 0 && seconds % secondsOf[name] === 0) ?? 's';
  return `${seconds / secondsOf[unit]}${unit}`;
}
