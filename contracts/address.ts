/** Replaces the part of a URL that is not shown. */
export const hiddenPart = '••••';

/**
 * Null for an invalid URL. Not `URL.canParse`: in Node.js 20 it refuses names like `bücher.example` once it
 * has been compiled.
 */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** `example.com:8443`, or nothing for an invalid URL. */
export const hostOf = (url: string): string => parseUrl(url)?.host ?? '';

/**
 * Scheme, host and port as they are connected to (WHATWG URL, "origin"): upper case, punycode, other
 * spellings of an IP address and the scheme's default port make no difference; a dot at the end of the name
 * does. Null for an invalid URL.
 */
export const originOf = (url: string): string | null => parseUrl(url)?.origin ?? null;

/** Whether both lead to the same server. An invalid URL has no origin. */
export const sameOrigin = (a: string, b: string): boolean =>
  originOf(a) !== null && originOf(a) === originOf(b);

/** A secret URL as it is shown: `https://hooks.slack.com/••••`. */
export const shownAddress = (url: string): string => `${originOf(url) ?? ''}/${hiddenPart}`;

/** Whether this is the short form of a secret URL rather than a URL. */
export function isShownAddress(text: string): boolean {
  const url = parseUrl(text);
  return url !== null && url.href === parseUrl(shownAddress(text))?.href;
}

/** Whether this is the short form of a secret URL with text typed into it: not a usable URL. */
export function isAlteredShownAddress(text: string): boolean {
  const url = parseUrl(text);
  return url !== null && url.href.includes(encodeURI(hiddenPart)) && !isShownAddress(text);
}

interface SecretAddress {
  host: RegExp;
  path: RegExp;
}

/**
 * Services for which knowing the URL is enough to send to them: host by its end, path by its beginning. A
 * service with its key in the host name (Pipedream) is not among them: hosts are shown.
 */
const secretAddresses: readonly SecretAddress[] = [
  { host: /(^|\.)hooks\.slack(-gov)?\.com$/, path: /^/ },
  { host: /(^|\.)discord(app)?\.com$/, path: /^\/api\/(v\d+\/)?webhooks\// },
  { host: /^api\.netlify\.com$/, path: /^\/build_hooks\// },
  { host: /^api\.vercel\.com$/, path: /^\/v\d+\/integrations\/deploy\// },
  { host: /^api\.cloudflare\.com$/, path: /\/deploy_hooks\// },
  { host: /^api\.render\.com$/, path: /^\/deploy\// },
  { host: /^hooks\.zapier\.com$/, path: /^/ },
  { host: /^hook\.([a-z0-9-]+\.)*(make|integromat)\.com$/, path: /^/ },
  { host: /\.n8n\.cloud$/, path: /^\/webhook/ },
  { host: /(^|\.)webhook\.office\.com$/, path: /^/ },
  { host: /^outlook\.office(365)?\.com$/, path: /^\/webhook/ },
  { host: /\.logic\.azure\.com$/, path: /^/ },
  { host: /\.api\.powerplatform\.com$/, path: /^/ },
  { host: /^chat\.googleapis\.com$/, path: /^/ },
  { host: /^api\.telegram\.org$/, path: /^\/bot/ },
  { host: /^maker\.ifttt\.com$/, path: /^/ },
  { host: /^hooks\.airtable\.com$/, path: /^/ },
  // Mattermost and Rocket.Chat, on any host.
  { host: /^/, path: /^\/hooks\/(?=[^/]*\d)[A-Za-z0-9]{17,}(\/|$)/ },
];

/** Query parameters whose names indicate a secret. */
const secretParameter = /^(access[_-]?token|api[_-]?key|auth|key|password|secret|sig|signature|token)$/i;

/**
 * Whether anyone who knows this URL can send to it: the hook of a chat or build service, or a URL with a key
 * in its query.
 */
export function isSecretAddress(url: string): boolean {
  const parsed = parseUrl(url);
  if (parsed === null) return false;
  const { pathname, searchParams } = parsed;
  const host = parsed.hostname.replace(/\.$/, '');
  return (
    secretAddresses.some((known) => known.host.test(host) && known.path.test(pathname)) ||
    [...searchParams].some(([name, value]) => value !== '' && secretParameter.test(name))
  );
}
