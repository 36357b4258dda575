import type { MailFailure, SettingsView } from '../../../contracts';
import type { Context } from '../context';
import type { World } from '../gate';
import type { SettingsService } from '../settings';

export interface SettingsViewDeps {
  settings: SettingsService;
  world(): World;
  /** Whether e-mails are sent from here at all. */
  sendsMail: boolean;
  lastMailFailure(): Promise<MailFailure | null>;
}

/** What the settings screen shows. */
export const createSettingsView =
  ({ config, secrets }: Context, { settings, world, sendsMail, lastMailFailure }: SettingsViewDeps) =>
  async (): Promise<SettingsView> => {
    const { notify, deliveryDays, bodyDays, dropDeliveredBodies } = settings.values();
    const { name, host, environment } = world().here;
    return {
      version: settings.version(),
      pause: settings.pause(),
      notify: { value: notify, fixed: settings.isFixed('notify') },
      deliveryDays: { value: deliveryDays, fixed: settings.isFixed('deliveryDays') },
      bodyDays: { value: bodyDays, fixed: settings.isFixed('bodyDays') },
      dropDeliveredBodies: { value: dropDeliveredBodies, fixed: settings.isFixed('dropDeliveredBodies') },
      allow: config.addresses.allow,
      allowPrivate: config.addresses.allowPrivate,
      retryScheduleSeconds: config.delivery.retryScheduleSeconds,
      disableAfterDays: config.delivery.disableAfterDays,
      here: { name, host, environment },
      homeEnabled: config.home.enabled,
      secretsKey: secrets.source,
      emailReady: sendsMail,
      mailFailure: await lastMailFailure(),
    };
  };
