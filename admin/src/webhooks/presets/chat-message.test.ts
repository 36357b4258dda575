import { chatMessage } from './chat-message';

describe('the message that a chat shows', () => {
  it.each([
    ['slack', { text: 'Fish &amp; chips', blocks: ['Open in Strapi'] }, 'Fish & chips', true],
    ['discord', { content: 'Soup\n[Open in Strapi](<https://cms/1>)' }, 'Soup', true],
    ['teams', { attachments: [{ content: { body: [{ text: 'Soup' }] } }] }, 'Soup', false],
    ['ntfy', { message: 'Soup', click: 'https://cms/1' }, 'Soup', false],
  ])('of %s', (id, body, text, hasLink) => {
    expect(chatMessage(id, JSON.stringify(body))).toEqual({ text, hasLink });
  });

  it('is none elsewhere', () => {
    expect(chatMessage('zapier', '{}')).toBeNull();
    expect(chatMessage('slack', 'not JSON')).toBeNull();
    expect(chatMessage('slack', '{"text":1}')).toBeNull();
  });
});
