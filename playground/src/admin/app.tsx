export default {
  config: {
    locales: ['uk'],
    tutorials: false,
    notifications: { releases: false },
  },
  bootstrap() {},
};
