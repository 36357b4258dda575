import type { Core } from '@strapi/strapi';

const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Admin => ({
  auth: { secret: env('ADMIN_JWT_SECRET', 'playground-only-admin-jwt-secret') },
  apiToken: { salt: env('API_TOKEN_SALT', 'playground-only-api-token-salt') },
  transfer: { token: { salt: env('TRANSFER_TOKEN_SALT', 'playground-only-transfer-token-salt') } },
  secrets: { encryptionKey: env('ENCRYPTION_KEY', 'playground-only-encryption-key') },
  flags: { nps: false, promoteEE: false },
  autoOpen: false,
});

export default config;
