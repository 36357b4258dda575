import { execFileSync } from 'node:child_process';
import { asCurl } from './curl';

describe('asCurl', () => {
  it('survives a shell: quotes, dollars and line breaks arrive as they are', () => {
    const body = `{"name":"O'Neil $HOME \`id\`","text":"a\\nb"}`;
    const command = asCurl({
      method: 'POST',
      url: 'https://example.com/hook?a=1&b=2',
      headers: [
        ['content-type', 'application/json'],
        ['content-length', '12'],
      ],
      body,
    });
    const words = execFileSync('sh', ['-c', command.replace(/^curl/, `printf '%s\\0'`)], {
      encoding: 'utf8',
    });
    expect(words.split('\0')).toEqual([
      '-X',
      'POST',
      'https://example.com/hook?a=1&b=2',
      '-H',
      'content-type: application/json',
      '--data-raw',
      body,
      '',
    ]);
  });
});
