import type { Core } from '@strapi/strapi';
import { logLine } from './reason';

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * Strapi's log, with every entry on one line: names given by people and texts of other systems cannot start
 * another line. The only way to log (enforced by an ESLint rule); errors are passed as `reasonOf(error)`,
 * never directly.
 */
export const logOf = ({ log }: Pick<Core.Strapi, 'log'>): Log => ({
  debug: (message) => void log.debug(logLine(message)),
  info: (message) => void log.info(logLine(message)),
  warn: (message) => void log.warn(logLine(message)),
  error: (message) => void log.error(logLine(message)),
});
