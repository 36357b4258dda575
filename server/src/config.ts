import { z } from 'zod';
import { defaultRetryScheduleSeconds, limits } from '../../contracts';

/**
 * The options of `config/plugins.ts` → `event-webhooks` → `config`, with their defaults. Each `describe()`
 * is the reference text of `docs/configuration.md`.
 */
export const configSchema = z.strictObject({
  presets: z
    .strictObject({
      network: z
        .union([z.boolean(), z.record(z.string(), z.unknown())])
        .default(false)
        .describe(
          'The catalog of a network of customer sites: `true`, or which content type and field plays which part.',
        ),
    })
    .prefault({})
    .describe('Ready-made sets of business events.'),
  events: z
    .array(z.unknown())
    .default([])
    .describe(
      'Business events of this app: mapped from content changes, or emitted by code. See docs/events.md.',
    ),
  contentTypes: z
    .strictObject({
      include: z
        .array(z.string())
        .default([])
        .describe('Further types to offer, e.g. `admin::user` or a plugin type.'),
      exclude: z
        .array(z.string())
        .default([])
        .describe('Types that give no events, e.g. `api::draft-note.draft-note`.'),
    })
    .prefault({})
    .describe('Which content types give events by themselves.'),
  addresses: z
    .strictObject({
      allow: z
        .array(z.string())
        .default([])
        .describe('Hosts and CIDR ranges that may be called although they are private, e.g. `10.0.4.0/24`.'),
      allowPrivate: z
        .boolean()
        .default(false)
        .describe('Allows loopback and private ranges. Link-local and metadata addresses stay refused.'),
    })
    .prefault({})
    .describe('Which addresses webhooks may call.'),
  capture: z
    .strictObject({
      maxBodyBytes: z
        .int()
        .min(1024)
        .max(64 * 1024 * 1024)
        .default(1024 * 1024)
        .describe('A larger body is replaced by the thin form (ids, changed names). Bytes.'),
      maxRelated: z
        .int()
        .min(1)
        .max(1000)
        .default(100)
        .describe(
          'How many entries of a relation to many are read and told; `data.truncated` has the true count of a longer one.',
        ),
    })
    .prefault({}),
  delivery: z
    .strictObject({
      enabled: z
        .boolean()
        .default(true)
        .describe('`false`: this process captures, but leaves delivering to others.'),
      concurrency: z.int().min(1).max(1000).default(64).describe('Requests in flight in this process.'),
      perWebhook: z.int().min(1).max(100).default(10).describe('Requests in flight per webhook.'),
      pollSeconds: z
        .number()
        .min(0.05)
        .max(60)
        .default(1)
        .describe('How often due deliveries are looked for when nothing wakes the dispatcher.'),
      timeoutSeconds: z
        .int()
        .min(limits.timeoutSeconds.min)
        .max(limits.timeoutSeconds.max)
        .default(limits.timeoutSeconds.default)
        .describe('Connect, headers and answer together; a webhook may choose its own.'),
      retryScheduleSeconds: z
        .array(z.number().min(0.01))
        .max(limits.retries)
        .default([...defaultRetryScheduleSeconds])
        .describe('Waiting times after each failed try; a webhook may choose its own.'),
      leaseSeconds: z
        .int()
        .min(5)
        .max(3600)
        .default(120)
        .describe(
          'After a crash what was in flight is sent again this much later; never less than twice the time-out.',
        ),
      responseBytes: z
        .int()
        .min(0)
        .max(1024 * 1024)
        .default(16 * 1024)
        .describe('How much of an answer is read and kept.'),
      breakerFailures: z
        .int()
        .min(1)
        .max(1000)
        .default(10)
        .describe('Failed attempts in a row after which a webhook is left alone for a while.'),
      breakerOpenSeconds: z
        .number()
        .min(0.1)
        .max(600)
        .default(30)
        .describe('How long it is left alone at first; doubles each time, up to 10 minutes.'),
      disableAfterDays: z
        .number()
        .min(0.5)
        .max(365)
        .default(5)
        .describe('A webhook whose deliveries have all failed for this long is disabled, its owner told.'),
    })
    .prefault({}),
  queue: z
    .strictObject({
      engine: z
        .enum(['database', 'bullmq'])
        .default('database')
        .describe('`bullmq`: due deliveries are handed to the delivering processes through Redis.'),
      redis: z
        .strictObject({
          url: z
            .url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// URL' })
            .optional()
            .describe('`redis://[user:password@]host:port[/database]`; needed with `bullmq`.'),
        })
        .prefault({}),
      prefix: z
        .string()
        .regex(/^[\w-]+$/, 'must be letters, digits, _ and -')
        .default('event-webhooks')
        .describe('Begins every key in Redis. Installations that share a Redis each need their own.'),
    })
    .prefault({})
    .refine(({ engine, redis }) => engine === 'database' || redis.url !== undefined, {
      path: ['redis', 'url'],
      message: 'is needed with the engine bullmq',
    })
    .describe('How due deliveries reach the processes that send them.'),
  home: z
    .strictObject({
      enabled: z
        .boolean()
        .default(true)
        .describe('`false`: the webhooks of a copied database send at once, production receivers included.'),
      name: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .optional()
        .describe('A name for this installation, e.g. `production`; the surest way to tell it from a copy.'),
      also: z
        .array(z.string())
        .default([])
        .describe('Further names whose webhooks are at home here, e.g. after a move.'),
    })
    .prefault({})
    .describe('Keeps a copied database from calling the receivers of the original.'),
  notifications: z
    .strictObject({
      to: z
        .array(z.email())
        .optional()
        .describe(
          'E-mail addresses that are told beside the owner of a webhook. Also on the settings screen.',
        ),
      email: z.boolean().default(true).describe('`false`: nobody is told by e-mail.'),
    })
    .prefault({})
    .describe('Who is told when a webhook is about to be disabled, is disabled, works again.'),
  retention: z
    .strictObject({
      deliveryDays: z
        .int()
        .min(1)
        .max(3650)
        .optional()
        .describe('How long finished deliveries are kept, days; 30 where it is set nowhere.'),
      bodyDays: z
        .int()
        .min(1)
        .max(3650)
        .optional()
        .describe('How long the bodies of events are kept, days; 30 where it is set nowhere.'),
      dropDeliveredBodies: z
        .boolean()
        .optional()
        .describe('Drops the body of an event at once when every receiver has got it.'),
    })
    .prefault({})
    .describe('Fixes what the settings screen else lets administrators choose.'),
  inbox: z
    .strictObject({ enabled: z.boolean().default(true).describe('The built-in request bin.') })
    .prefault({}),
});

export type PluginConfig = z.output<typeof configSchema>;

/** Parses the options; throws an Error whose message names each wrong option, e.g. `config.delivery.perWebhook`. */
export function parseConfig(raw: unknown): PluginConfig {
  const parsed = configSchema.safeParse(raw ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => {
    const path = ['config', ...issue.path].join('.');
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${path}.${key}: is not an option of event-webhooks`)
      : [`${path}: ${issue.message}`];
  });
  throw new Error(`event-webhooks: ${problems.join('; ')}`);
}

export default {
  default: {},
  validator: (config: unknown): void => {
    parseConfig(config);
  },
};
