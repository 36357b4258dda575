import { permissions } from '../../contracts';
import { pluginId } from './constants';

const uidOf = (action: string): string => action.replace(`plugin::${pluginId}.`, '');

const names: readonly [keyof typeof permissions, string, string][] = [
  ['read', 'See webhooks', 'webhooks'],
  ['create', 'Add', 'webhooks'],
  ['update', 'Edit, turn on and off', 'webhooks'],
  ['delete', 'Delete', 'webhooks'],
  ['test', 'Send test events', 'webhooks'],
  ['trigger', 'Trigger deliveries manually', 'webhooks'],
  ['revealSecret', 'Reveal signing secrets', 'webhooks'],
  ['deliveriesRead', 'See deliveries', 'deliveries'],
  ['deliveriesResend', 'Resend and cancel', 'deliveries'],
  ['eventsRead', 'See the catalog of events', 'events'],
  ['eventsManage', 'Add, edit and delete business events', 'events'],
  ['inboxRead', 'See inboxes', 'inbox'],
  ['inboxManage', 'Create, set up and empty inboxes', 'inbox'],
  ['settingsRead', 'See the settings', 'settings'],
  ['settingsUpdate', 'Change the settings, pause everything', 'settings'],
];

/** The actions as Strapi's roles screen lists them: one for each permission. */
export const actions = names.map(([name, displayName, subCategory]) => ({
  section: 'plugins',
  displayName,
  uid: uidOf(permissions[name]),
  pluginName: pluginId,
  subCategory,
}));
