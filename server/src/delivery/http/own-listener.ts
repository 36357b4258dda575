import type { AddressInfo } from 'node:net';
import type { Core } from '@strapi/strapi';

/** Where this process itself listens; deliveries to our own inbox are dialled there. */
export function ownListener(strapi: Core.Strapi): { host: string; port: number } | null {
  const address = strapi.server.httpServer.address() as AddressInfo | string | null;
  if (address === null || typeof address === 'string') return null;
  const everywhere = address.address === '0.0.0.0' || address.address === '::';
  return { host: everywhere ? '127.0.0.1' : address.address, port: address.port };
}
