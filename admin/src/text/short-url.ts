/** An address as it is told apart from others: host and path, `hooks.example.com/orders`. */
export const shortUrl = (url: string): string => url.replace(/^https?:\/\//, '').replace(/\/$/, '');
