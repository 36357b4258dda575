import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Webhook } from 'standardwebhooks';
import { receiverCode, receiverLanguages, secretVariable, standardHeaders } from './receiver-code';

const secret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
const body = '{"type":"article.published","timestamp":"2026-11-25T10:00:00.000Z","data":{"title":"Привіт"}}';

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

describe('the receiver that is there to be copied', () => {
  it.each(receiverLanguages)('names the headers and the variable of the secret, in %s', (language) => {
    const code = receiverCode(language, standardHeaders);
    for (const header of Object.values(standardHeaders)) {
      expect(code.toLowerCase().replaceAll('_', '-')).toContain(header);
    }
    expect(code).toContain(secretVariable);
    expect(code).not.toContain('undefined');
  });

  describe('in Node.js, as it is', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'receiver-'));
    let receiver: ChildProcess;
    let url: string;
    let printed = '';

    const send = (at: Date, sent: string, signed = sent) =>
      fetch(url, {
        method: 'POST',
        headers: {
          [standardHeaders.id]: 'msg_1',
          [standardHeaders.timestamp]: String(Math.floor(at.getTime() / 1000)),
          [standardHeaders.signature]: `v1,bm90IHRoaXM= ${new Webhook(secret).sign('msg_1', at, signed)}`,
        },
        body: sent,
      });

    beforeAll(async () => {
      const file = path.join(folder, 'receiver.mjs');
      writeFileSync(file, receiverCode('node', standardHeaders));
      const port = await freePort();
      url = `http://127.0.0.1:${port}/`;
      receiver = spawn(process.execPath, [file], {
        env: { ...process.env, [secretVariable]: secret, PORT: String(port) },
      });
      receiver.stdout?.on('data', (text: Buffer) => (printed += text));
      for (;;) {
        const answers = await fetch(url).then(
          () => true,
          () => false,
        );
        if (answers) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }, 20_000);
    afterAll(() => {
      receiver?.kill();
      rmSync(folder, { recursive: true, force: true });
    });

    it('takes what is signed with the secret', async () => {
      expect((await send(new Date(), body)).status).toBe(204);
      // It answers first.
      while (!printed.includes('\n')) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(printed).toContain('article.published');
    });

    it('refuses what was changed, what is old, and what is not signed at all', async () => {
      expect((await send(new Date(), body.replace('Привіт', 'Бувай'), body)).status).toBe(401);
      expect((await send(new Date(Date.now() - 301_000), body)).status).toBe(401);
      expect((await fetch(url, { method: 'POST', body })).status).toBe(401);
    });
  });
});
