import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asCurl } from './curl';

interface Got {
  method: string | undefined;
  path: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

describe('asCurl', () => {
  let server: Server;
  let base: string;
  let got: Got[];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url: path, headers } = request;
        got.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    got = [];
  });

  /** Types it into a shell. */
  const run = (shell: string, args: string[], input?: string) =>
    new Promise<void>((resolve, reject) => {
      const child = execFile(
        shell,
        args,
        { env: { ...process.env, HISTFILE: '/dev/null', HOME: '/none' } },
        (error) => (error ? reject(error) : resolve()),
      );
      child.stdin?.end(input ?? '');
    });
  const shells: [string, (command: string) => Promise<void>][] = [
    ['sh', (command) => run('sh', ['-c', command])],
    ['bash', (command) => run('bash', ['-c', command])],
    // With history, where `!` means something, and readline's reading line by line.
    ['an interactive bash', (command) => run('bash', ['--norc', '--noprofile', '-i'], `${command}\nexit\n`)],
  ];

  const everyAscii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).join('');
  const bodies: [string, string][] = [
    ['quotes, dollars and backticks', `{"name":"O'Neil $HOME $(id) \`id\`","text":"a\\nb \\\\ %s %d"}`],
    ['a history sign', `it's !! and !-1 and "!x" '!y'`],
    ['line breaks, at its end too', `a\nb'; touch /tmp/pasted; '\n!!\n\n`],
    ['what names a file', '@/etc/passwd'],
    ['what looks like an option', '--output /tmp/pasted'],
    ['an option before a line break', '-n\nx'],
    ['every ASCII character', everyAscii],
    ['control characters of a terminal', '\u0003\u0004\u001b[201~\u0015\u007f\u009b31m'],
    ['all kinds of letters', 'Київ 🌻 \u2028 \u202e'],
  ];

  describe.each(shells)('in %s', (_shell, type) => {
    it.each(bodies)('the body arrives as it is: %s', async (_name, body) => {
      await type(
        asCurl({ method: 'POST', url: `${base}/hook`, headers: [['content-type', 'text/plain']], body }),
      );
      expect(got.map((request) => [request.method, request.body])).toEqual([['POST', body]]);
    });

    it('address and headers too', async () => {
      const url = `${base}/a[1-3]/{b,c}?q='$(id)'&x=!!`;
      await type(
        asCurl({
          ...{ method: 'PUT', url, body: '' },
          headers: [
            ['x-at', '@/etc/passwd'],
            ['x-dash', '-o /tmp/pasted'],
            ['x-quotes', `'; $(id) \`id\` !! "`],
            ['x-empty', ''],
            ['x-broken', 'one\r\nx-two: injected\u0003'],
            ['content-length', '7'],
          ],
        }),
      );
      expect(got).toHaveLength(1);
      expect(got[0]).toMatchObject({
        method: 'PUT',
        path: url.slice(base.length),
        headers: {
          'x-at': '@/etc/passwd',
          'x-dash': '-o /tmp/pasted',
          'x-quotes': `'; $(id) \`id\` !! "`,
          'x-empty': '',
          'x-broken': 'one  x-two: injected',
        },
      });
      expect(got[0]?.headers['x-two']).toBeUndefined();
    });
  });
});
