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
      queue: {
        engine: env('QUEUE_ENGINE', 'database'),
        redis: env('QUEUE_ENGINE') === 'bullmq' ? { url: env('REDIS_URL') } : {},
        prefix: env('QUEUE_PREFIX', 'event-webhooks'),
      },
      delivery: {
        enabled: env.bool('DELIVERY', true),
        // Shortened by tests that kill the process again and again.
        leaseSeconds: env.int('EVENT_WEBHOOKS_LEASE_SECONDS', 120),
      },
      // Further options as JSON, to try them out: EVENT_WEBHOOKS_OPTIONS='{"delivery":{"breakerFailures":3}}'
      ...env.json('EVENT_WEBHOOKS_OPTIONS', {}),
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
