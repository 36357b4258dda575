/**
 * Every permission, checked alike by routes (server) and screens (admin). Form:
 * `plugin::event-webhooks.<uid>`.
 */
const action = (uid: string) => `plugin::event-webhooks.${uid}` as const;

export const permissions = {
  read: action('webhooks.read'),
  create: action('webhooks.create'),
  update: action('webhooks.update'),
  delete: action('webhooks.delete'),
  test: action('webhooks.test'),
  trigger: action('webhooks.trigger'),
  revealSecret: action('webhooks.secret'),
  deliveriesRead: action('deliveries.read'),
  deliveriesResend: action('deliveries.resend'),
  eventsRead: action('events.read'),
  /** Business events made on the screen: add, change, delete; and their preview. */
  eventsManage: action('events.manage'),
  inboxRead: action('inbox.read'),
  inboxManage: action('inbox.manage'),
  settingsRead: action('settings.read'),
  settingsUpdate: action('settings.update'),
} as const;

export type PermissionName = keyof typeof permissions;
