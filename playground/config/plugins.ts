import type { Core } from '@strapi/strapi';
import { pluginFolder } from '../src/folders';

const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Plugin => ({
  'event-webhooks': {
    enabled: env.bool('EVENT_WEBHOOKS', true),
    // Must be absolute: Strapi looks a relative one up from a folder of its own first. In an app that has
    // installed the plugin from npm this line is left out.
    resolve: pluginFolder(),
    config: {
      presets: { network: true },
      addresses: { allow: env.array('EVENT_WEBHOOKS_ALLOW', []) },
    },
  },
  'users-permissions': {
    config: { jwtSecret: env('JWT_SECRET', 'playground-only-jwt-secret') },
  },
  graphql: {
    config: { endpoint: '/graphql', landingPage: false, depthLimit: 10, defaultLimit: 25, maxLimit: 100 },
  },
});

export default config;
