import { z } from 'zod';
import { defaultRetryScheduleSeconds, limits } from '../../contracts';
import { tlsProblems } from './delivery/http/tls-identities';

/** The result of `fs.readFileSync`, with or without an encoding. */
const pem = z.custom<string | Buffer>(
  (value) => (typeof value === 'string' && value !== '') || Buffer.isBuffer(value),
  'must be PEM text: give what fs.readFileSync(path) returns',
);

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
          'The catalog of a network of customer sites: `true` (content types and fields as in the playground), or which content type and field has which role; what is not named is as `null`. Events that cannot be offered with this app’s content types are left out and listed.',
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
        .describe('Types without events, e.g. `api::draft-note.draft-note`.'),
    })
    .prefault({})
    .describe('Which content types have automatic events.'),
  addresses: z
    .strictObject({
      allow: z
        .array(z.string())
        .default([])
        .describe('Hosts and CIDR ranges that may be called although they are private, e.g. `10.0.4.0/24`.'),
      allowPrivate: z
        .boolean()
        .default(false)
        .describe(
          'Allows loopback and private ranges. What can be no receiver, e.g. link-local and metadata, stays refused.',
        ),
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
          'How many entries of a to-many relation are read and sent; `data.truncated` has the true count of a longer one.',
        ),
    })
    .prefault({}),
  delivery: z
    .strictObject({
      enabled: z.boolean().default(true).describe('`false`: this process only captures; others deliver.'),
      concurrency: z
        .int()
        .min(1)
        .max(1000)
        .default(64)
        .describe('Requests in flight in this process, to webhooks with fast responses.'),
      slowConcurrency: z
        .int()
        .min(1)
        .max(2000)
        .optional()
        .describe(
          'In addition, to webhooks with slow responses, all together; twice `concurrency` if not set.',
        ),
      perWebhook: z.int().min(1).max(100).default(10).describe('Requests in flight per webhook.'),
      pollSeconds: z
        .number()
        .min(0.05)
        .max(60)
        .default(1)
        .describe('How often the dispatcher polls for due deliveries if nothing wakes it.'),
      timeoutSeconds: z
        .int()
        .min(limits.timeoutSeconds.min)
        .max(limits.timeoutSeconds.max)
        .default(limits.timeoutSeconds.default)
        .describe('Connection, headers and response together; a webhook can have its own.'),
      retryScheduleSeconds: z
        .array(z.number().min(0.01))
        .max(limits.retries)
        .default([...defaultRetryScheduleSeconds])
        .describe('Intervals after each failed attempt; a webhook can have its own.'),
      leaseSeconds: z
        .int()
        .min(5)
        .max(3600)
        .default(120)
        .describe(
          'After a crash deliveries in flight are sent again after this time; never less than twice the time-out.',
        ),
      responseBytes: z
        .int()
        .min(0)
        .max(1024 * 1024)
        .default(16 * 1024)
        .describe('How much of a response is read and kept.'),
      tls: z
        .record(
          z.string(),
          z.strictObject({
            ca: z
              .union([pem, z.array(pem).min(1)], 'must be PEM text, or a list of them')
              .optional()
              .describe('Authorities trusted for this host instead of the public ones.'),
            cert: pem.optional().describe('The client certificate, with its chain.'),
            key: pem.optional().describe('Its private key.'),
            passphrase: z.string().optional().describe('Decrypts the key if it is encrypted.'),
            servername: z
              .string()
              .min(1)
              .optional()
              .describe('The name to request and expect in the receiver’s certificate; default: the host.'),
          }),
        )
        .superRefine((entries, { addIssue }) => {
          for (const { path, message } of tlsProblems(entries)) {
            addIssue({ code: 'custom', path, message });
          }
        })
        .default({})
        .describe(
          'Private authorities and client certificates (mTLS) by `host`, `host:port` or `*.domain`; PEM texts.',
        ),
      breakerFailures: z
        .int()
        .min(1)
        .max(1000)
        .default(10)
        .describe('Failed attempts in a row after which a webhook is put on hold.'),
      breakerOpenSeconds: z
        .number()
        .min(0.1)
        .max(600)
        .default(30)
        .describe('How long this hold is at first; doubles each time, up to 10 minutes.'),
      disableAfterDays: z
        .number()
        .min(0.5)
        .max(365)
        .default(5)
        .describe(
          'A webhook whose deliveries have all failed for this long is disabled; its owner gets an e-mail.',
        ),
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
            .describe(
              '`redis://[user:password@]host:port[/database]`, or `rediss://` with TLS; required with `bullmq`.',
            ),
        })
        .prefault({}),
      prefix: z
        .string()
        .regex(/^[\w-]+$/, 'must be letters, digits, _ and -')
        .default('event-webhooks')
        .describe('Prefix of every key in Redis. Installations that share a Redis need different ones.'),
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
        .describe(
          'A name for this installation, e.g. `production`; the most reliable way to tell it from a copy.',
        ),
      unnamed: z
        .boolean()
        .default(false)
        .describe(
          '`true`: webhooks confirmed without a name belong here. For the start at which the original gets its `name`.',
        ),
      also: z
        .array(z.string())
        .default([])
        .describe('Further names whose webhooks belong here, e.g. after a move.'),
    })
    .prefault({})
    .describe('Keeps a copied database from calling the receivers of the original.'),
  loops: z
    .union([
      z.literal(false),
      z.strictObject({
        count: z
          .int()
          .min(6)
          .max(1000)
          .default(20)
          .describe('Changes of one entry by the same token or user, each after a request to the receiver.'),
        seconds: z.int().min(5).max(3600).default(60).describe('… within so many seconds.'),
      }),
    ])
    .prefault({})
    .describe(
      'When a webhook is stopped whose receiver answers each request by changing the entry again; `false`: never.',
    ),
  notifications: z
    .strictObject({
      to: z
        .array(z.email())
        .optional()
        .describe(
          'E-mail addresses that get alerts besides the owner of a webhook. Also on the settings screen.',
        ),
      email: z.boolean().default(true).describe('`false`: no e-mail alerts.'),
    })
    .prefault({})
    .describe('E-mail alerts when a webhook is about to be disabled, is disabled, works again.'),
  secrets: z
    .strictObject({
      formerKeys: z
        .array(z.string().min(1))
        .default([])
        .describe(
          'Previous values of `admin.secrets.encryptionKey` or `app.keys`: used to decrypt, never to encrypt.',
        ),
    })
    .prefault({})
    .describe('How secrets are stored.'),
  retention: z
    .strictObject({
      deliveryDays: z
        .int()
        .min(1)
        .max(3650)
        .optional()
        .describe('How long finished deliveries are kept, days; 30 if not set anywhere.'),
      bodyDays: z
        .int()
        .min(1)
        .max(3650)
        .optional()
        .describe('How long the bodies of events are kept, days; 30 if not set anywhere.'),
      dropDeliveredBodies: z
        .boolean()
        .optional()
        .describe('Deletes the body of an event as soon as every receiver has it.'),
    })
    .prefault({})
    .describe('Fixes values that administrators can otherwise change on the settings screen.'),
  inbox: z.strictObject({ enabled: z.boolean().default(true).describe('The built-in inbox.') }).prefault({}),
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
