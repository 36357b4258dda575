import type { Core } from '@strapi/strapi';
import { tellOfExpiringDemoSites } from '../src/expiring-demo-sites';

export default {
  expiringDemoSites: {
    task: ({ strapi }: { strapi: Core.Strapi }) => tellOfExpiringDemoSites(strapi, new Date()),
    options: { rule: '0 * * * * *' },
  },
};
