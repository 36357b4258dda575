import { reasonOf } from '../reason';
/**
 * The used parts of a provider of Strapi's media library; its functions are the site builder's or a package's
 * code.
 */
export interface UploadProvider {
  isPrivate?(): unknown;
  getSignedUrl?(file: Record<string, unknown>): unknown;
}

export interface PrivateFilesDeps {
  /** The current provider, and the name stored with its files. */
  provider(): { provider: UploadProvider; name: string } | null;
  /** Milliseconds of a monotonic clock. */
  now(): number;
  warn(message: string): void;
  /** Time-out for all files of one call together. */
  limitMs: number;
  /** How long the provider is not called after a time-out. */
  restMs: number;
}

/** Files signed concurrently: a provider that uses a network must not get thousands of calls at once. */
const atOnce = 20;

type FileObject = Record<string, unknown>;

/**
 * Signed URLs of private files, as in Strapi's own API: `url` of the file and of each of its formats, and
 * `isUrlSigned`. The provider's code may use a network, so this is called outside of every transaction.
 */
export function createPrivateFiles(deps: PrivateFilesDeps) {
  let known: UploadProvider | null = null;
  let isPrivate = false;
  let restsUntil = 0;
  let warned = false;

  const failed = (why: string): void => {
    if (warned) return;
    warned = true;
    deps.warn(`event-webhooks: addresses of files cannot be signed and are told unsigned: ${why}`);
  };

  /** Calls each provider once: the result depends on its configuration. */
  const refresh = async (): Promise<boolean> => {
    const provider = deps.provider()?.provider ?? null;
    if (provider === known) return isPrivate;
    known = provider;
    try {
      isPrivate =
        typeof provider?.getSignedUrl === 'function' &&
        (await within(Promise.resolve(provider.isPrivate?.()), deps.limitMs)) === true;
    } catch (error) {
      isPrivate = false;
      failed(reasonOf(error));
    }
    return isPrivate;
  };

  const addressOf = async (provider: UploadProvider, file: FileObject, end: number): Promise<string> => {
    const left = end - deps.now();
    if (left <= 0) throw new TooSlow();
    const signed = await within(Promise.resolve(provider.getSignedUrl?.({ ...file })), left);
    const url = (signed as { url?: unknown } | null | undefined)?.url;
    if (typeof url !== 'string') throw new Error('the provider gives no address');
    return url;
  };

  /** All URLs of a file or none: a file with some of them signed would be treated as complete. */
  const signFile = async (provider: UploadProvider, file: FileObject, end: number): Promise<void> => {
    const parts = [file, ...formatsOf(file)];
    try {
      const urls: string[] = [];
      for (const part of parts) urls.push(await addressOf(provider, part, end));
      parts.forEach((part, at) => (part['url'] = urls[at]));
      file['isUrlSigned'] = true;
      warned = false;
    } catch (error) {
      if (error instanceof TooSlow) restsUntil = deps.now() + deps.restMs;
      file['isUrlSigned'] = false;
      failed(reasonOf(error));
    }
  };

  return {
    refresh,

    /** Whether files are private here, as far as known without a call. */
    active: (): boolean => isPrivate,

    /** Whether this file is still to be signed: an attempted one is marked. */
    waits: (file: Readonly<FileObject>): boolean =>
      isPrivate && file['provider'] === deps.provider()?.name && file['isUrlSigned'] === undefined,

    /**
     * Signs these files, in place. Never throws: files that cannot be signed in time stay unchanged, and are
     * marked.
     */
    async sign(files: readonly FileObject[]): Promise<void> {
      const provider = deps.provider()?.provider;
      if (!provider) return;
      if (deps.now() < restsUntil) {
        for (const file of files) file['isUrlSigned'] = false;
        return;
      }
      const end = deps.now() + deps.limitMs;
      for (let from = 0; from < files.length; from += atOnce) {
        await Promise.all(files.slice(from, from + atOnce).map((file) => signFile(provider, file, end)));
      }
    },
  };
}

export type PrivateFiles = ReturnType<typeof createPrivateFiles>;

class TooSlow extends Error {
  constructor() {
    super('the provider does not answer in time');
  }
}

/** Rejects with `TooSlow` after this time; a later result or failure is ignored. */
async function within<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlow()), limitMs);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}

function formatsOf(file: FileObject): FileObject[] {
  const formats: unknown = file['formats'];
  if (typeof formats !== 'object' || formats === null) return [];
  return Object.values(formats).filter(
    (format): format is FileObject =>
      typeof format === 'object' && format !== null && 'url' in format && typeof format.url === 'string',
  );
}
