/**
 * Servers and a browser for tests and pictures. Each is taken from the first place that has it:
 * 1. the environment (`POSTGRES_URL`, `MYSQL_URL`, `REDIS_URL`, `CHROMIUM_PATH`);
 * 2. a program installed here, as a private instance on a free port of the loopback address, not as root;
 * 3. the npm package that ships it;
 * 4. Docker, if it answers;
 * 5. the system's package, only where `REQUIRE_SERVERS=all` asks for it and we are root on a system with apt-get.
 *
 * Nothing is left behind: what was started here is stopped by `stop()`, and with this process at the latest.
 */
export { postgres } from './services/postgres.mjs';
export { mariadb } from './services/mariadb.mjs';
export { redis } from './services/redis.mjs';
export { chromium } from './services/chromium.mjs';
