/**
 * What has to be ended when this program ends, however it ends: finished, failed, Ctrl-C, a closed terminal.
 * The last one taken is ended first.
 */
const takings = [];
/** When a signal asked us to end, epoch milliseconds; 0 before. */
let signalledAt = 0;
/** npm passes Ctrl-C on to us, who had it from the terminal already: what comes at once is the same one. */
const sameSignalMs = 1000;
let wanted = false;

/**
 * Remembers something that must not outlive this program.
 *
 * @param {{ end: () => Promise<void>, endAtOnce: () => void }} taking `end` does it properly; `endAtOnce` is
 *   all that an `exit` handler may do: it must not wait.
 * @returns {() => Promise<void>} ends it now and forgets it; may be called twice
 */
export function endWithUs(taking) {
  listen();
  takings.push(taking);
  return async () => {
    const place = takings.indexOf(taking);
    if (place === -1) return;
    takings.splice(place, 1);
    await taking.end();
  };
}

/** Ends all that is left, last one first. One that fails does not keep the others. */
export async function endAll() {
  while (takings.length > 0) {
    const taking = takings[takings.length - 1];
    try {
      await taking.end();
    } catch (error) {
      console.error(`could not end properly: ${error.message}`);
      taking.endAtOnce();
    }
    const place = takings.indexOf(taking);
    if (place !== -1) takings.splice(place, 1);
  }
}

let listening = false;

function listen() {
  if (listening) return;
  listening = true;
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.on(signal, () => endBySignal(code));
  }
  process.on('exit', () => {
    for (const taking of takings.reverse()) taking.endAtOnce();
  });
}

function endBySignal(code) {
  if (signalledAt > 0) {
    // The second Ctrl-C means: at once.
    if (Date.now() - signalledAt > sameSignalMs) process.exit(code);
    return;
  }
  signalledAt = Date.now();
  endAll().finally(() => process.exit(wanted ? 0 : code));
}

/** From now on a signal is how this program is meant to end. */
export const signalIsTheWayOut = () => (wanted = true);

/** True once a signal has asked us to end: what fails from then on failed because of it. */
export const isEnding = () => signalledAt > 0;
