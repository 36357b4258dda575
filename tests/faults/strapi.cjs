/** The playground within this process, for the processes that tests start and kill. */
const path = require('node:path');
const { createStrapi } = require('@strapi/strapi');

const appDir = path.resolve(__dirname, '../../playground');

/** @param {string} level of its log */
const loadStrapi = async (level) => {
  const strapi = createStrapi({
    appDir,
    distDir: path.join(appDir, 'dist'),
    autoReload: false,
    serveAdminPanel: false,
  });
  strapi.log.level = level;
  await strapi.load();
  return strapi;
};

/** Whatever `main` throws ends the process with 1. */
const runMain = (main) =>
  main().catch((error) => {
    console.error(error);
    process.exit(1);
  });

module.exports = { loadStrapi, runMain };
