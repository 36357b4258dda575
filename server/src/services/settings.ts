import { errors } from '@strapi/utils';
import type { PauseView, SettingsInput } from '../../../contracts';
import { invalid, problem } from './validate';

/** As it is stored; what is not there has its default. */
export interface StoredSettings {
  pause?: PauseView | null;
  notify?: string[];
  deliveryDays?: number;
  bodyDays?: number;
  dropDeliveredBodies?: boolean;
}

export interface SettingsDeps {
  read(): Promise<StoredSettings | null>;
  write(settings: StoredSettings): Promise<void>;
  /** Set in `config/plugins.ts`: stands above what is stored. */
  fixed: Omit<StoredSettings, 'pause'>;
  now(): number;
  changed(): Promise<void>;
}

const defaults = { notify: [] as string[], deliveryDays: 30, bodyDays: 30, dropDeliveredBodies: false };

/**
 * Settings that an administrator changes while the server runs. Kept in memory and read anew by a timer, so that
 * a change on another instance is in force within two seconds and no request waits for it.
 */
export function createSettingsService(deps: SettingsDeps) {
  let stored: StoredSettings = {};
  let asked = 0;
  let answered = 0;

  /** What was asked before must not stand in the place of what was asked or written after it. */
  const keep = (turn: number, settings: StoredSettings): void => {
    if (turn < answered) return;
    answered = turn;
    stored = settings;
  };

  const refresh = async (): Promise<void> => {
    const turn = (asked += 1);
    keep(turn, (await deps.read()) ?? {});
  };

  const save = async (change: StoredSettings): Promise<void> => {
    const settings = { ...((await deps.read()) ?? {}), ...change };
    await deps.write(settings);
    keep((asked += 1), settings);
    await deps.changed();
  };

  /** The pause in force; one whose time is over is none. */
  const pause = (): PauseView | null => {
    const given = stored.pause ?? null;
    return given === null || (given.until !== null && given.until <= deps.now()) ? null : given;
  };

  return {
    /** Reads what another instance may have changed. */
    refresh,

    pause,

    values: () => ({ ...defaults, ...stored, ...deps.fixed }),

    isFixed: (name: keyof typeof defaults): boolean => deps.fixed[name] !== undefined,

    /** Throws a ValidationError that names a setting which the configuration fixes; nothing is saved then. */
    async update(input: SettingsInput): Promise<void> {
      const refused = Object.keys(input).filter(
        (name) => deps.fixed[name as keyof typeof defaults] !== undefined,
      );
      if (refused.length > 0) {
        throw invalid(refused.map((name) => problem([name], 'is set in config/plugins.ts')));
      }
      await save(input);
    },

    /** Holds every webhook: nothing is sent, nothing is lost. */
    async pauseEverything(input: {
      reason: string;
      minutes: number | null;
      by: string | null;
    }): Promise<void> {
      const at = deps.now();
      const until = input.minutes === null ? null : at + input.minutes * 60_000;
      await save({ pause: { reason: input.reason, until, by: input.by, at } });
    },

    async resumeEverything(): Promise<void> {
      await refresh();
      if (pause() === null) throw new errors.ApplicationError('nothing is paused');
      await save({ pause: null });
    },
  };
}

export type SettingsService = ReturnType<typeof createSettingsService>;
