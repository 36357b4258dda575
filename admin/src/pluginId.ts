export const pluginId = 'event-webhooks';

/** Where the screens live, below `/admin`. */
export const pluginPath = `/plugins/${pluginId}`;
