/**
 * Deliveries started in one turn of the event loop. Preparing, signing and sending one takes a fraction of a
 * millisecond; sixty at once would delay each of the many statements of an editor's save.
 */
const startsATurn = 8;

/** Turns that take this long anyway are few: then more are started in each. */
const longTurnMs = 20;
const startsALongTurn = 32;

/**
 * HOW MANY DELIVERIES CAN STILL BE STARTED IN THIS TURN of the event loop.
 *
 * @param next called at the beginning of the next turn, if any was started in this one
 */
export function createStarts(elapsed: () => number, next: () => void = () => undefined) {
  let left = startsATurn;
  let began: number | null = null;

  const turn = (): void => {
    left = elapsed() - (began ?? 0) > longTurnMs ? startsALongTurn : startsATurn;
    began = null;
    next();
  };

  return {
    /** None any more before the next turn. */
    areUsedUp: (): boolean => left <= 0,
    count(): void {
      left -= 1;
      if (began !== null) return;
      began = elapsed();
      setImmediate(turn);
    },
  };
}
