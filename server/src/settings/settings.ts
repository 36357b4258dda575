import { isDeepStrictEqual } from 'node:util';
import { errors } from '@strapi/utils';
import type { PauseView, SavedChange, SettingsInput } from '../../../contracts';
import { conflictOf, versionAfter } from '../stale';
import { invalid, problem } from '../validate';

/** As stored; missing values have their defaults. */
export interface StoredSettings {
  pause?: PauseView | null;
  notify?: string[];
  deliveryDays?: number;
  bodyDays?: number;
  dropDeliveredBodies?: boolean;
  /** How many changes somebody has saved, but for pauses, and the newest of these. */
  revision?: number;
  changes?: (SavedChange & { revision: number })[];
}

export interface SettingsDeps {
  read(): Promise<StoredSettings | null>;
  write(settings: StoredSettings): Promise<void>;
  /** Set in `config/plugins.ts`: takes precedence over the stored values. */
  fixed: Omit<StoredSettings, 'pause' | 'revision' | 'changes'>;
  now(): number;
  /** The name of who asks. */
  by(): string | null;
  changed(): Promise<void>;
}

const defaults = { notify: [] as string[], deliveryDays: 30, bodyDays: 30, dropDeliveredBodies: false };

/**
 * Settings that an administrator changes while the server runs. Kept in memory and reloaded by a timer, so
 * that a change on another instance takes effect within two seconds and no request waits for it.
 */
export function createSettingsService(deps: SettingsDeps) {
  let stored: StoredSettings = {};
  let asked = 0;
  let answered = 0;

  /** An older read must not replace the result of a newer read or write. */
  const keep = (turn: number, settings: StoredSettings): void => {
    if (turn < answered) return;
    answered = turn;
    stored = settings;
  };

  const refresh = async (): Promise<void> => {
    const turn = (asked += 1);
    keep(turn, (await deps.read()) ?? {});
  };

  let saving: Promise<unknown> = Promise.resolve();

  /** One after the other: what one writes, the next one reads. */
  const save = (change: (before: StoredSettings) => StoredSettings): Promise<void> => {
    const saved = saving.then(async () => {
      const before = (await deps.read()) ?? {};
      const settings = { ...before, ...change(before) };
      await deps.write(settings);
      keep((asked += 1), settings);
      await deps.changed();
    });
    saving = saved.catch(() => undefined);
    return saved;
  };

  /** What a form changes of what is stored, with the next revision. Throws a 409 where it is stale. */
  const changed = (before: StoredSettings, { version, ...input }: SettingsInput): StoredSettings => {
    const versioned = { revision: before.revision ?? 0, changes: before.changes ?? [] };
    if (version !== undefined && version !== versioned.revision) throw conflictOf(versioned, version);
    const stood = { ...defaults, ...before };
    const fields = Object.entries(input)
      .filter(([name, value]) => !isDeepStrictEqual(value, stood[name as keyof typeof defaults]))
      .map(([name]) => name);
    return { ...input, ...versionAfter(versioned, { by: deps.by(), at: deps.now(), fields }) };
  };

  /** The current pause; an expired one is null. */
  const pause = (): PauseView | null => {
    const given = stored.pause ?? null;
    return given === null || (given.until !== null && given.until <= deps.now()) ? null : given;
  };

  return {
    /** Reads changes by other instances. */
    refresh,

    pause,

    values: () => ({ ...defaults, ...stored, ...deps.fixed }),

    version: (): number => stored.revision ?? 0,

    isFixed: (name: keyof typeof defaults): boolean => deps.fixed[name] !== undefined,

    /**
     * Changes what is named. Throws a ValidationError that names a setting which the configuration fixes, and a 409 where
     * `version` is given and somebody has saved since; nothing is saved then.
     */
    async update(input: SettingsInput): Promise<void> {
      const refused = Object.keys(input).filter(
        (name) => deps.fixed[name as keyof typeof defaults] !== undefined,
      );
      if (refused.length > 0) {
        throw invalid(refused.map((name) => problem([name], 'is set in config/plugins.ts')));
      }
      await save((before) => changed(before, input));
    },

    /** Puts every webhook on hold: nothing is sent, nothing is lost. */
    async pauseEverything(input: {
      reason: string;
      minutes: number | null;
      by: string | null;
    }): Promise<void> {
      const at = deps.now();
      const until = input.minutes === null ? null : at + input.minutes * 60_000;
      await save(() => ({ pause: { reason: input.reason, until, by: input.by, at } }));
    },

    async resumeEverything(): Promise<void> {
      await refresh();
      if (pause() === null) throw new errors.ApplicationError('nothing is paused');
      await save(() => ({ pause: null }));
    },
  };
}

export type SettingsService = ReturnType<typeof createSettingsService>;
