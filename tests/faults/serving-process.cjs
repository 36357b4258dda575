/**
 * A process with a Strapi of its own that listens on a free port, and says `listening <address>`; then `sent` for each
 * request that it makes: which of two instances delivered cannot be seen from outside.
 */
const diagnostics = require('node:diagnostics_channel');
const { loadStrapi, runMain } = require('./strapi.cjs');

async function main() {
  const strapi = await loadStrapi('warn');
  strapi.server.mount();
  await new Promise((resolve) => strapi.server.httpServer.listen(0, '127.0.0.1', resolve));
  console.log(`listening http://127.0.0.1:${strapi.server.httpServer.address().port}`);
  diagnostics.subscribe('undici:request:create', () => console.log('sent'));
}

runMain(main);
