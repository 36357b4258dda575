import type { Core } from '@strapi/strapi';
import { openPublicApi } from './public-access';
import { seedWhenEmpty } from './seed';

export default {
  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    await openPublicApi(strapi);
    if (process.env.SEED !== 'off') await seedWhenEmpty(strapi);
  },
};
