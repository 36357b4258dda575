import type { GatePatch } from './gate';

/** Resets everything that the plugin had decided. */
const healthy = {
  disabledReason: null,
  disabledAt: null,
  lift: 'any',
  failures: 0,
  failingSince: null,
  lastFailureAt: null,
  warnedAt: null,
  breakerLevel: 0,
  throttleLevel: 0,
  throttledAt: null,
} satisfies GatePatch;

/** The switch: turning on resets what the plugin had decided, turning off is the administrator's choice. */
export const afterSwitch = (on: boolean): Omit<GatePatch, 'hold'> =>
  on ? { active: true, ...healthy } : { active: false };

/** *Resume now*: ends the hold, at full speed. It does not turn a webhook on. */
export const afterResume = (): GatePatch => ({
  lift: 'any',
  failures: 0,
  breakerLevel: 0,
  throttleLevel: 0,
  throttledAt: null,
});
