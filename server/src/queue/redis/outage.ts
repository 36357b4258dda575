import { reasonOf } from '../../reason';

export interface Log {
  info(message: string): void;
  warn(message: string): void;
}

/**
 * Logs once that Redis is unavailable, and once that it is back; other errors once each, until the next
 * outage.
 */
export function createOutage(log: Log) {
  let away = false;
  const said = new Set<string>();

  return {
    noticed(error: unknown): void {
      const message = reasonOf(error);
      if (isAway(error, message)) {
        if (away) return;
        away = true;
        log.warn(
          `event-webhooks: Redis cannot be reached (${message}); deliveries wait in the database until it can`,
        );
        return;
      }
      // A job that Redis has forgotten, or that took long: its row is authoritative.
      if (/^Missing (key|lock)|could not renew lock|Lock mismatch/i.test(message)) return;
      const kind = message.replace(/\d+/g, '#');
      if (said.has(kind)) return;
      said.add(kind);
      log.warn(`event-webhooks: Redis: ${message}`);
    },
    over(): void {
      if (!away) return;
      away = false;
      said.clear();
      log.info('event-webhooks: Redis is back');
    },
  };
}

const awayCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE']);

function isAway(error: unknown, message: string): boolean {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  return (
    awayCodes.has(code) ||
    /Connection is closed|isn't writeable|Command timed out|max retries per request|EHOSTUNREACH|LOADING/i.test(
      message,
    )
  );
}
