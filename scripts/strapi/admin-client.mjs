/** An answer that was not the one hoped for; says what was asked and what Strapi said. */
export class RefusedError extends Error {
  constructor(method, path, status, body) {
    const reason = body?.error?.message ?? JSON.stringify(body)?.slice(0, 300);
    super(`${method} ${path} answered ${status}: ${reason}`);
    this.name = 'RefusedError';
    this.status = status;
  }
}

/**
 * Asks Strapi over HTTP with JSON.
 *
 * @param {string} url of the server
 * @param {string} method
 * @param {string} path
 * @param {{ token?: string, body?: unknown }} [options]
 * @returns {Promise<any>} the answer's body; null when it is empty
 * @throws {RefusedError} for any status but 2xx
 */
export async function ask(url, method, path, { token, body } = {}) {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  let answer = null;
  try {
    answer = text ? JSON.parse(text) : null;
  } catch {
    answer = text;
  }
  if (!response.ok) throw new RefusedError(method, path, response.status, answer);
  return answer;
}

/**
 * Logs in as this administrator, registering them first where Strapi has none yet.
 *
 * @param {string} url of the server
 * @param {{ email: string, password: string, firstname: string, lastname: string }} administrator
 * @returns {Promise<{ isNew: boolean, ask: (method: string, path: string, body?: unknown) => Promise<any> }>}
 */
export async function logIn(url, administrator) {
  const { data } = await ask(url, 'GET', '/admin/init');
  if (!data.hasAdmin) await ask(url, 'POST', '/admin/register-admin', { body: administrator });
  const { email, password } = administrator;
  const login = await ask(url, 'POST', '/admin/login', { body: { email, password } });
  const { token } = login.data;
  return { isNew: !data.hasAdmin, ask: (method, path, body) => ask(url, method, path, { token, body }) };
}

/**
 * Asks again until there is an answer.
 *
 * @template T
 * @param {string} what is waited for, for the error
 * @param {() => Promise<T | null | undefined | false>} look
 * @param {number} withinMs
 * @returns {Promise<T>}
 */
export async function until(what, look, withinMs = 30_000) {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${withinMs / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
