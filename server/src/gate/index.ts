/**
 * MAY THIS WEBHOOK SEND NOW: a pure state machine over the webhook's row. It reads and writes nothing; what it decides
 * is written by whoever asked.
 */
export {
  afterAttempt,
  clockSkewMs,
  gateState,
  isTroubled,
  maxInFlight,
  skipsNewEvents,
  withPatch,
} from './gate';
export { afterResume, afterSwitch } from './reset';
export type {
  GateChange,
  GateNews,
  GateOptions,
  GatePatch,
  GateRow,
  GateSignal,
  GateState,
  World,
} from './gate';
export { awayFrom, betterKnown, withHostOfHere } from './home';
export type { Home } from './home';
