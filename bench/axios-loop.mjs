import { createHmac } from 'node:crypto';
import http from 'node:http';
import axios from 'axios';
import { eventBody } from './body.mjs';
import { answer } from './process.mjs';

/**
 * What anybody writes who sends webhooks without a database: axios over a keep-alive agent, 64 in flight, each
 * body signed by Node's own HMAC and sent with the same headers as the plugin's. Nothing is kept of an answer.
 */
const inFlight = 64;
const key = Buffer.alloc(32, 7);

async function drain({ url, count, paths }) {
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets: inFlight });
  const client = axios.create({ httpAgent, maxRedirects: 0, proxy: false, timeout: 15_000 });
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const number = next;
      next += 1;
      const body = eventBody(number);
      const id = `msg_${number}`;
      const seconds = String(Math.floor(Date.now() / 1000));
      const signed = createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest('base64');
      await client.post(`${url}/${paths[number % paths.length]}`, body, {
        headers: {
          'content-type': 'application/json',
          'user-agent': 'bench',
          'webhook-id': id,
          'webhook-timestamp': seconds,
          'webhook-signature': `v1,${signed}`,
        },
      });
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  httpAgent.destroy();
}

answer({ start: () => undefined, drain });
