/** How often the clock is checked while it is watched. */
const tickMs = 20;
/** A shorter delay is normal for an event loop. */
const noticedMs = 50;

/**
 * Measures how long this process was blocked: its event loop ran nothing, not even for data that had arrived.
 */
export interface StandstillClock {
  /** Watches until the returned function is called; costs nothing otherwise. */
  watch(): () => void;
  /** Total blocked time while watched. Milliseconds; only differences are meaningful. */
  stoodMs(): number;
  /** Blocked time that ended in this turn of the event loop: data read now may have arrived during it. */
  justStoodMs(): number;
}

/** `now` is monotonic, in milliseconds. */
export function createStandstillClock(now: () => number = () => performance.now()): StandstillClock {
  let watching = 0;
  let stood = 0;
  let justStood = 0;
  let tickedAt = 0;
  let timer: NodeJS.Timeout | undefined;

  const late = (): number => {
    const ms = now() - tickedAt - tickMs;
    return ms > noticedMs ? ms : 0;
  };
  const tick = (): void => {
    justStood = late();
    stood += justStood;
    tickedAt = now();
    // Timers run first in a turn, then data is read, then immediates run.
    if (justStood > 0) setImmediate(() => (justStood = 0));
  };

  return {
    watch() {
      watching += 1;
      if (watching === 1) {
        tickedAt = now();
        timer = setInterval(tick, tickMs).unref();
      }
      let done = false;
      return () => {
        if (done) return;
        done = true;
        watching -= 1;
        if (watching === 0) clearInterval(timer);
      };
    },
    // The tick that would report it may come after the caller's timer.
    stoodMs: () => stood + (watching > 0 ? late() : 0),
    justStoodMs: () => justStood + (watching > 0 ? late() : 0),
  };
}

/**
 * A time-out that counts only the time in which this process could have read a response. A timer that fires
 * late, because our own event loop was blocked, is no failure of the receiver: the blocked time is added, and
 * data that has arrived meanwhile is read before the time-out applies.
 */
export class Deadline {
  private readonly startedAt = performance.now();
  private readonly stoodBefore: number;
  private readonly unwatch: () => void;
  private timer: NodeJS.Timeout;
  private turn: NodeJS.Immediate | undefined;
  private listener: (() => void) | null = null;
  private over = false;

  constructor(
    readonly timeoutMs: number,
    private readonly clock: StandstillClock,
  ) {
    this.unwatch = clock.watch();
    this.stoodBefore = clock.stoodMs();
    this.timer = setTimeout(() => this.due(), timeoutMs);
  }

  /** Milliseconds since the beginning, without `stoodMs`. */
  elapsedMs(): number {
    return Math.max(0, performance.now() - this.startedAt - this.stoodMs());
  }

  /**
   * Milliseconds from the beginning to a response that is read now, as the receiver took them: without the
   * blocked time before the request was written (`stoodBeforeMs`) and the one that ended just now. Blocked time in
   * between did not delay the receiver, so it counts.
   */
  answeredAfterMs(stoodBeforeMs: number): number {
    const whole = performance.now() - this.startedAt;
    return Math.max(0, whole - Math.min(this.stoodMs(), stoodBeforeMs + this.clock.justStoodMs()));
  }

  /** How long this process was blocked since the beginning. */
  stoodMs(): number {
    return this.clock.stoodMs() - this.stoodBefore;
  }

  /**
   * The listener is called once when the time is over; immediately if it already is. Replaces the previous
   * one.
   */
  onExpired(listener: () => void): void {
    this.listener = listener;
    if (this.over) this.tell();
  }

  clear(): void {
    this.listener = null;
    clearTimeout(this.timer);
    clearImmediate(this.turn);
    this.unwatch();
  }

  private due(): void {
    const leftMs = this.timeoutMs - this.elapsedMs();
    if (leftMs >= 1) {
      this.timer = setTimeout(() => this.due(), Math.ceil(leftMs));
      return;
    }
    // Timers run before arrived data is read, immediates after it.
    this.turn = setImmediate(() => {
      this.over = true;
      this.tell();
    });
  }

  private tell(): void {
    const { listener } = this;
    this.listener = null;
    listener?.();
  }
}
