/**
 * The arrows of the house (docs/architecture.md): a change walks capture → matching → queue → delivery and never
 * back; what a room may ask is listed here, everything else is refused.
 */
const room = (name) => `^server/src/${name}/`;

/** What each room may ask; where others come in is its index.ts, and nothing else of it. */
const mayAsk = {
  conditions: ['wording'],
  gate: [],
  wording: [],
  files: [],
  rendering: [],
  settings: [],
  secrets: ['store'],
  catalog: ['conditions'],
  'business-events': ['catalog', 'store'],
  content: ['catalog', 'files', 'store'],
  showing: ['catalog', 'store'],
  payload: ['catalog', 'conditions', 'content', 'rendering', 'store'],
  capture: ['catalog', 'conditions', 'content', 'payload', 'showing', 'store'],
  matching: [
    'business-events',
    'capture',
    'catalog',
    'conditions',
    'content',
    'files',
    'gate',
    'payload',
    'showing',
    'store',
  ],
  delivery: ['gate', 'rendering', 'secrets', 'store'],
  instances: ['gate', 'store'],
  loops: ['store'],
  queue: ['gate', 'rendering', 'store'],
  replay: ['gate', 'store', 'wording'],
  retention: ['store'],
  inbox: ['delivery', 'store'],
  notices: ['catalog', 'payload', 'store', 'wording'],
  homes: ['gate', 'instances', 'store'],
  screens: [
    'business-events',
    'capture',
    'catalog',
    'conditions',
    'content',
    'delivery',
    'gate',
    'homes',
    'inbox',
    'instances',
    'matching',
    'notices',
    'payload',
    'rendering',
    'secrets',
    'settings',
    'store',
    'wording',
  ],
  controllers: ['content', 'homes', 'inbox', 'instances', 'replay', 'screens', 'settings'],
  store: ['gate', 'models'],
  routes: ['controllers', 'policies'],
  policies: [],
  models: [],
  'content-types': [],
};
const rooms = Object.keys(mayAsk);

/** Rooms that are no room: a folder of handlers or tables, or (store/) one whose tables have a file each. */
const withoutDoor = ['store', 'controllers', 'routes', 'policies', 'models', 'content-types'];

const arrows = Object.entries(mayAsk).map(([from, to]) => {
  const forbidden = rooms.filter((name) => name !== from && !to.includes(name));
  return {
    name: `arrow-${from}`,
    comment: `${from} may ask only: ${to.join(', ') || 'nobody'}`,
    severity: 'error',
    from: { path: room(from), pathNot: '\\.test\\.ts$' },
    to: { path: forbidden.map(room) },
  };
});

const doors = rooms
  .filter((name) => !withoutDoor.includes(name))
  .map((name) => ({
    name: `door-${name}`,
    comment: `${name} is imported by its index.ts only`,
    severity: 'error',
    // The configuration checks TLS identities by the code that reads them, and comes before every room.
    from: {
      path: '^server/src/',
      pathNot: [room(name), '\\.(test|fixture)\\.ts$', '^server/src/config\\.ts$'],
    },
    to: { path: room(name), pathNot: `^server/src/${name}/index\\.ts$` },
  }));

/** What every screen is made of. It knows no feature. */
const adminBase = ['ui', 'text', 'api', 'navigation', 'http', 'editing', 'translations'];

/**
 * The features of the screens. The files that stand directly in such a folder are its door, and others may import them;
 * what stands in its subfolders (`webhooks/list/`) is imported by the feature itself, and by the pages that show it.
 */
const features = [
  'webhooks',
  'deliveries',
  'failures',
  'events',
  'conditions',
  'fields',
  'entry',
  'inbox',
  'settings',
  'send',
  'why',
  'home',
  'banners',
];
const feature = (name) => `^admin/src/${name}/`;
const adminEntry = '^admin/src/index\\.ts$';
const pages = '^admin/src/pages/';

const insides = features.map((name) => ({
  name: `inside-of-${name}`,
  comment: `of ${name} others import the files directly in its folder; its subfolders are its own, and the pages'`,
  severity: 'error',
  from: { path: '^admin/src/', pathNot: [feature(name), pages, adminEntry] },
  to: { path: `^admin/src/${name}/[^/]+/` },
}));

const screens = [
  {
    name: 'ui-is-plain',
    comment: 'ui shows what it is handed: it asks no server and knows no type of the contracts, only texts',
    severity: 'error',
    from: { path: '^admin/src/ui/' },
    to: { path: ['^contracts/', '^admin/src/'], pathNot: '^admin/src/(ui|text)/' },
  },
  {
    name: 'text-is-below-everything',
    comment: 'words and times are imported by all, and import nothing but translations and types',
    severity: 'error',
    from: { path: '^admin/src/text/', pathNot: '\\.test\\.ts$' },
    to: {
      path: '^admin/src/',
      pathNot: '^admin/src/(text|translations)/|^admin/src/(getTranslation|pluginId)\\.ts$',
    },
  },
  {
    name: 'base-knows-no-feature',
    comment: 'what all screens are made of imports no feature: a thing of one feature stands in its folder',
    severity: 'error',
    from: { path: adminBase.map(feature), pathNot: '\\.test\\.ts$' },
    to: { path: [...features.map(feature), pages] },
  },
  {
    name: 'pages-are-the-top',
    comment:
      'pages are opened by the entry of the admin panel; what a feature needs of a page is moved into a feature',
    severity: 'error',
    from: { path: '^admin/src/', pathNot: [pages, adminEntry] },
    to: { path: pages },
  },
  {
    name: 'a-folder-is-a-known-room',
    comment:
      'a new folder of the screens is named above, as base or as feature, so that the rules hold for it',
    severity: 'error',
    from: {},
    to: { path: '^admin/src/[^/]+/', pathNot: [...adminBase, ...features, 'pages'].map(feature) },
  },
  ...insides,
];

module.exports = {
  forbidden: [
    ...arrows,
    ...doors,
    ...screens,
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nothing-imports-the-top',
      comment: 'index, register, bootstrap, destroy, house and refresh wire the rooms; no room knows them',
      severity: 'error',
      from: { path: '^server/src/[^/]+/' },
      to: { path: '^server/src/(index|register|bootstrap|destroy|houses?|refresh)\\.ts$' },
    },
    {
      name: 'halves-stay-apart',
      severity: 'error',
      from: { path: '^server/' },
      // The words of e-mails stand with all other words that an administrator reads.
      to: { path: '^admin/', pathNot: '^admin/src/translations/[a-z]+\\.json$' },
    },
    { name: 'halves-stay-apart-too', severity: 'error', from: { path: '^admin/' }, to: { path: '^server/' } },
    {
      name: 'contracts-import-nothing-of-ours',
      severity: 'error',
      from: { path: '^contracts/' },
      to: { path: '^(server|admin)/' },
    },
    {
      name: 'sql-in-store-only',
      comment: 'knex is spoken in store/ only',
      severity: 'error',
      from: { path: '^server/src/(?!store/)', pathNot: '\\.test\\.ts$' },
      to: { path: 'node_modules/knex' },
    },
    {
      name: 'http-in-one-place',
      severity: 'error',
      from: {
        path: '^server/src/',
        pathNot: '(^server/src/delivery/http/|\\.test\\.ts$)',
      },
      to: { path: 'node_modules/(axios|undici)/' },
    },
    {
      name: 'pure-rooms-know-no-strapi',
      severity: 'error',
      from: {
        path: '^server/src/(conditions/|gate/|rendering/|payload/standard|delivery/(attempt/(backoff|signature|classify|retry-after|mask)|http/(address-guard|address-ranges|allow-list)))',
        pathNot: '\\.test\\.ts$',
      },
      to: { path: 'node_modules/@strapi' },
    },
    {
      name: 'no-test-in-product',
      severity: 'error',
      from: { path: '^(server|admin|contracts)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '\\.test\\.tsx?$' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
  },
};
