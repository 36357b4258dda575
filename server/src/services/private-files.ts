import { reasonOf } from '../reason';
/** What a provider of Strapi's media library may have; its functions are the site builder's or a package's code. */
export interface UploadProvider {
  isPrivate?(): unknown;
  getSignedUrl?(file: Record<string, unknown>): unknown;
}

export interface PrivateFilesDeps {
  /** The provider as it is now, and the name that its files bear. */
  provider(): { provider: UploadProvider; name: string } | null;
  now(): number;
  warn(message: string): void;
  /** How long all files of one call may take together. */
  limitMs: number;
  /** How long nothing is asked after that time was over. */
  restMs: number;
}

/** Files signed side by side: a provider that asks a network must not be asked for thousands at once. */
const atOnce = 20;

type FileObject = Record<string, unknown>;

/**
 * Signed addresses of private files, as Strapi's own API gives them: `url` of the file and of each of its formats, and
 * `isUrlSigned` beside. The provider's code may ask a network, so this is called outside of every transaction.
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

  /** Asks the provider, once for each: it says so by its configuration. */
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

  /** All addresses of a file or none: half of them signed would be told as whole. */
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

    /** Whether files are private here, as far as is known without asking. */
    active: (): boolean => isPrivate,

    /** Whether this file is yet to be signed: one that was tried says so. */
    waits: (file: Readonly<FileObject>): boolean =>
      isPrivate && file['provider'] === deps.provider()?.name && file['isUrlSigned'] === undefined,

    /** Signs these files, in place. Never throws: what cannot be signed in time stays as it is, and says so. */
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

/** Rejects with `TooSlow` after this time; an answer that comes later, or fails, is nobody's. */
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
