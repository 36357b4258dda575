import { eachInTurn } from '../store/others-turn';
import type { WebhookRow } from '../store/webhooks';
import type { KeyName, SecretBox } from './secret-box';

type Sealed = Pick<WebhookRow, 'headers' | 'secrets' | 'urlSealed' | 'templateSecrets'>;

export interface RekeyDeps {
  box: SecretBox;
  all(): Promise<WebhookRow[]>;
  /**
   * Changes the encrypted values in one webhook's row in a transaction of its own, based on the current row.
   */
  changeSealed(id: number, change: (row: WebhookRow) => Sealed | null): Promise<void>;
}

export interface RekeyReport {
  webhooks: number;
  /** Values that were encrypted again. */
  renewed: number;
  /** Values that were already encrypted with the current key. */
  already: number;
  /** Values that no key decrypts, by webhook. They stay unchanged. */
  unreadable: { webhook: string; values: number }[];
}

/** Which key decrypts how many of the stored values; contains no value and no key. */
export interface KeysReport {
  keys: (KeyName & { seals: boolean; reads: number })[];
  unreadable: RekeyReport['unreadable'];
}

/** Every encrypted value of a webhook. */
const sealedIn = ({ headers, secrets, urlSealed, templateSecrets }: Sealed): string[] => [
  ...(urlSealed === null ? [] : [urlSealed]),
  ...secrets.map(({ value }) => value),
  ...templateSecrets.map(({ value }) => value),
  ...headers.filter(({ secret }) => secret).map(({ value }) => value),
];

export function createRekeyService({ box, all, changeSealed }: RekeyDeps) {
  const unreadableOf = (rows: readonly WebhookRow[]): RekeyReport['unreadable'] =>
    rows.flatMap((row) => {
      const values = sealedIn(row).filter((sealed) => box.readBy(sealed) === null).length;
      return values === 0 ? [] : [{ webhook: row.name, values }];
    });

  /** A value that no key decrypts is kept: the key may come back. */
  const anew = (sealed: string): string => {
    const plain = box.isPresent(sealed) ? null : box.open(sealed);
    return plain === null ? sealed : box.seal(plain);
  };

  return {
    /**
     * Encrypts every stored value with the current first key. One webhook at a time, each in a transaction;
     * after an interruption, running it again continues where it stopped.
     */
    async rekey(): Promise<RekeyReport> {
      const rows = await all();
      const count = { renewed: 0, already: 0 };
      await eachInTurn(rows, async ({ id }) => {
        let renewed = 0;
        let already = 0;
        await changeSealed(id, (row) => {
          const sealed = sealedIn(row);
          already = sealed.filter((value) => box.isPresent(value)).length;
          renewed = sealed.filter((value) => !box.isPresent(value) && box.open(value) !== null).length;
          if (renewed === 0) return null;
          return {
            urlSealed: row.urlSealed === null ? null : anew(row.urlSealed),
            secrets: row.secrets.map((secret) => ({ ...secret, value: anew(secret.value) })),
            templateSecrets: row.templateSecrets.map((secret) => ({ ...secret, value: anew(secret.value) })),
            headers: row.headers.map((header) =>
              header.secret ? { ...header, value: anew(header.value) } : header,
            ),
          };
        });
        count.renewed += renewed;
        count.already += already;
      });
      return { webhooks: rows.length, ...count, unreadable: unreadableOf(await all()) };
    },

    /** For `doctor`. */
    async keys(): Promise<KeysReport> {
      const rows = await all();
      const readers = rows.flatMap(sealedIn).flatMap((sealed) => box.readBy(sealed) ?? []);
      const known = [...box.keys, ...readers];
      const names = new Map(known.map((key) => [key.name, key]));
      const keys = [...names.values()].map((key, index) => ({
        ...key,
        seals: index === 0,
        reads: readers.filter(({ name }) => name === key.name).length,
      }));
      return { keys, unreadable: unreadableOf(rows) };
    },
  };
}
