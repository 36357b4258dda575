import type { DeliveryRow } from '../../../../contracts';

const unsendable = new Set(['blocked', 'collapsed']);

/** What is in line or merged stays as it is; for the rest the server says whether it can be sent. */
export const canSend = (row: DeliveryRow): boolean => row.canResend && !unsendable.has(row.state);
