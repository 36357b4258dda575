import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a receiver gets it. */
export interface Received {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Reply {
  status: number;
  body: string;
}

type Json = Record<string, unknown>;
type Receiver = (request: Received) => Reply;

const reply = (status: number, body = ''): Reply => ({ status, body });
const refused = (body: string, status = 400): Reply => reply(status, body);
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** The body as JSON; undefined if it is none, or is not said to be. */
function jsonOf({ headers, body }: Received): unknown {
  if (!/^application\/([a-z.]+\+)?json/.test(headers['content-type'] ?? '')) return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** A receiver that takes an object as JSON by POST. */
const posted =
  (of: (json: Json, request: Received) => Reply): Receiver =>
  (request) => {
    const json = jsonOf(request);
    if (request.method !== 'POST') return refused('method_not_allowed', 405);
    return isObject(json) ? of(json, request) : refused('invalid_payload');
  };

const bearer = ({ headers }: Received, token: string): boolean => headers.authorization === `Bearer ${token}`;

/** Incoming webhooks: plain words in the answer; sections of 1 to 3,000 characters; `<!…>` would mention a channel. */
const slack = posted((json) => {
  const blocks = list(json['blocks']).filter(isObject);
  if (text(json['text']) === '' && blocks.length === 0) return refused('no_text');
  const texts = blocks.flatMap((block) => [block['text'], ...list(block['elements'])]).filter(isObject);
  const wrong = texts.some(({ text: said }) => text(said) === '' || text(said).length > 3000);
  if (wrong || blocks.some(({ type }) => !['section', 'context'].includes(text(type))))
    return refused('invalid_blocks');
  const mentions = [json['text'], ...texts.map(({ text: said }) => said)].some((said) =>
    /<[!@#]/.test(text(said)),
  );
  return mentions ? refused('mentions_somebody') : reply(200, 'ok');
});

const discord = posted((json) => {
  const content = text(json['content']);
  if (content === '' && list(json['embeds']).length === 0) return refused('Cannot send an empty message');
  if (content.length > 2000) return refused('Must be 2000 or fewer in length.');
  const parse = isObject(json['allowed_mentions']) ? json['allowed_mentions']['parse'] : undefined;
  return Array.isArray(parse) && parse.length === 0 ? reply(204) : refused('mentions_somebody');
});

const adaptiveCard = 'application/vnd.microsoft.card.adaptive';

const teams = posted((json, { body }) => {
  const [attachment] = list(json['attachments']).filter(isObject);
  const card = attachment?.['content'];
  if (Buffer.byteLength(body) > 28 * 1024) return refused('RequestEntityTooLarge', 413);
  if (json['type'] !== 'message' || attachment?.['contentType'] !== adaptiveCard)
    return refused('bad attachment');
  if (!isObject(card) || card['type'] !== 'AdaptiveCard' || text(card['version']) === '')
    return refused('bad card');
  const blocks = list(card['body']).filter(isObject);
  const good =
    blocks.length > 0 && blocks.every((block) => block['type'] === 'TextBlock' && text(block['text']) !== '');
  const actions = list(card['actions']).filter(isObject);
  return good && actions.every(({ url }) => /^https?:/.test(text(url))) ? reply(202) : refused('bad card');
});

const ntfy = posted((json, { path, body }) => {
  if (path !== '/') return refused('the topic stands in the body');
  if (!/^[-_A-Za-z0-9]{1,64}$/.test(text(json['topic']))) return refused('topic invalid');
  if (Buffer.byteLength(text(json['message'])) > 4096) return refused('message becomes an attachment', 413);
  return text(json['message']) === '' || body === '' ? refused('empty') : reply(200, '{"id":"x"}');
});

/** Tools that map fields: an object; all of it is kept. */
const collecting = (bytes: number, flat: boolean): Receiver =>
  posted((json, { body }) => {
    if (Buffer.byteLength(body) > bytes) return refused('too large', 413);
    const nested = Object.values(json).some((value) => typeof value === 'object' && value !== null);
    return flat && nested ? refused('fields are not flat') : reply(200, '{"status":"success"}');
  });

const github = posted((json, request) => {
  const { headers, path } = request;
  if (!bearer(request, 'token-12345678')) return refused('Bad credentials', 401);
  if (!headers['user-agent']) return refused('Request forbidden by administrative rules', 403);
  if (headers.accept !== 'application/vnd.github+json') return refused('Unsupported media type', 415);
  if (!/^\/repos\/[^/]+\/[^/]+\/dispatches$/.test(path)) return refused('Not Found', 404);
  const type = text(json['event_type']);
  const payload = json['client_payload'];
  if (type === '' || type.length > 100) return refused('event_type is too long', 422);
  return isObject(payload) && Object.keys(payload).length <= 10 ? reply(204) : refused('client_payload', 422);
});

const buildHook =
  (path: RegExp, status: number): Receiver =>
  (request) => {
    if (request.method !== 'POST') return refused('method', 405);
    if (request.body !== '' || request.headers['content-type'] !== undefined) return refused('a body');
    return path.test(request.path) ? reply(status, '{}') : refused('no such hook', 404);
  };

const nextjs = posted((json, { headers }) => {
  if (headers['x-revalidate-secret'] !== 'token-12345678') return refused('Invalid secret', 401);
  const tags = list(json['tags']);
  const paths = list(json['paths']);
  // https://nextjs.org/docs/app/api-reference/functions/revalidateTag: at most 256 characters.
  const goodTags = tags.every((tag) => text(tag) !== '' && text(tag).length <= 256);
  const goodPaths = paths.every((path) => text(path).startsWith('/') && text(path).length <= 1024);
  return tags.length + paths.length > 0 && goodTags && goodPaths
    ? reply(200, '{"revalidated":true}')
    : refused('nothing');
});

const recordId = /^[A-Za-z0-9_-]+$/;

const algolia: Receiver = (request) => {
  const { method, path, headers } = request;
  if (
    headers['x-algolia-api-key'] !== 'token-12345678' ||
    headers['x-algolia-application-id'] !== 'B1G2GM9NG0'
  )
    return refused('Invalid Application-ID or API key', 403);
  const [, id] = /^\/1\/indexes\/[^/]+\/([^/]+)$/.exec(path) ?? [];
  if (id === undefined || !recordId.test(id)) return refused('an index is no record', 404);
  if (method === 'DELETE') return request.body === '' ? reply(200, '{"taskID":1}') : refused('a body');
  if (method !== 'PUT') return refused('method', 405);
  return isObject(jsonOf(request)) && request.body.length <= 100_000
    ? reply(200, '{"taskID":1}')
    : refused('no record');
};

const meilisearch: Receiver = (request) => {
  if (!bearer(request, 'token-12345678')) return refused('missing_authorization_header', 401);
  const [, id] = /^\/indexes\/[^/]+\/documents(?:\/([^/]+))?$/.exec(request.path) ?? [];
  if (request.method === 'DELETE')
    return id && recordId.test(id) ? reply(202) : refused('this deletes all documents');
  if (request.method !== 'POST' || id !== undefined) return refused('method', 405);
  const key = request.query.get('primaryKey') ?? '';
  const documents = list(jsonOf(request)).filter(isObject);
  const good = documents.length > 0 && documents.every((document) => recordId.test(text(document[key])));
  return good ? reply(202, '{"taskUid":1}') : refused('missing_document_id');
};

const typesense: Receiver = (request) => {
  if (request.headers['x-typesense-api-key'] !== 'token-12345678') return refused('Forbidden', 401);
  const [, id] = /^\/collections\/[^/]+\/documents(?:\/([^/]+))?$/.exec(request.path) ?? [];
  if (request.method === 'DELETE') return id ? reply(200, '{}') : refused('filter_by is missing');
  if (request.method !== 'POST' || request.query.get('action') !== 'upsert') return refused('method', 405);
  const json = jsonOf(request);
  return isObject(json) && recordId.test(text(json['id']))
    ? reply(201, '{}')
    : refused('Document’s `id` must be a string.');
};

const cloudflarePurge = posted((json, request) => {
  if (!bearer(request, 'token-12345678')) return refused('Authentication error', 403);
  const kinds = ['files', 'tags', 'prefixes'].filter((kind) => json[kind] !== undefined);
  const items = list(json[kinds[0] ?? '']);
  if (kinds.length !== 1 || items.length === 0 || items.length > 30)
    return refused('1 to 30 items of one kind');
  const good = kinds[0] !== 'files' || items.every((item) => /^https:\/\/[^\s"<>]+$/.test(text(item)));
  return good ? reply(200, '{"success":true}') : refused('bad address');
});

const fastlyPurge: Receiver = ({ method, headers, path, body }) => {
  if (headers['fastly-key'] !== 'token-12345678')
    return refused('Provided credentials are missing or invalid', 401);
  const keys = text(headers['surrogate-key']).split(' ');
  if (method !== 'POST' || body !== '' || !/^\/service\/[^/]+\/purge$/.test(path))
    return refused('bad request');
  return keys.length > 0 && keys.length <= 256 && !keys.includes('') ? reply(200, '{}') : refused('no keys');
};

const graphql = posted((json) => {
  const query = text(json['query']);
  const balanced =
    [...query].reduce((open, mark) => open + (mark === '{' ? 1 : mark === '}' ? -1 : 0), 0) === 0;
  if (!/^\s*(mutation|query)\b/.test(query) || !balanced)
    return refused('{"errors":[{"message":"Syntax Error"}]}');
  return isObject(json['variables'])
    ? reply(200, '{"data":{}}')
    : refused('{"errors":[{"message":"variables"}]}');
});

const standard = posted((json) =>
  ['type', 'timestamp', 'data'].every((key) => key in json) ? reply(200) : refused('not standard'),
);

/** Stand-ins of the targets, by the ids of their presets. Each refuses what the documentation of its service refuses. */
export const receivers: Readonly<Record<string, Receiver>> = {
  ...{
    slack,
    discord,
    teams,
    ntfy,
    github,
    nextjs,
    algolia,
    meilisearch,
    typesense,
    graphql,
    plain: standard,
  },
  zapier: collecting(10 * 1024 * 1024, true),
  make: collecting(5 * 1024 * 1024, true),
  n8n: collecting(16 * 1024 * 1024, false),
  pipedream: collecting(512 * 1024, false),
  netlify: buildHook(/^\/build_hooks\/\w+$/, 200),
  vercel: buildHook(/^\/v1\/integrations\/deploy\/prj_\w+\/\w+$/, 201),
  cloudflare_pages: buildHook(/^\/client\/v4\/pages\/webhooks\/deploy_hooks\/\w+$/, 200),
  cloudflare_purge: cloudflarePurge,
  fastly_purge: fastlyPurge,
};

/** One server on loopback for all of them: the header `x-receiver` says which one is meant. */
export async function startReceivers(): Promise<{
  origin: string;
  last(): Received;
  close(): Promise<void>;
}> {
  let last: Received | null = null;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const { 'x-receiver': meant, ...headers } = request.headers;
      const body = Buffer.concat(chunks).toString('utf8');
      last = { method: request.method ?? '', path: url.pathname, query: url.searchParams, headers, body };
      const answer = receivers[text(meant)]?.(last) ?? refused('no such receiver', 404);
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    last: () => {
      if (!last) throw new Error('nothing was received');
      return last;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
