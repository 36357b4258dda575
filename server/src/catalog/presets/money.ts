/**
 * A formatted amount: `$ 49.00`, `€ 1,250.50`, `¥ 300`. The currency decides the decimals.
 *
 * @param currency ISO 4217 code; without a valid one, the plain number with two decimals.
 */
export function formatAmount(amount: number, currency: string | null): string {
  const parts = moneyFormat(currency)?.formatToParts(amount) ?? [];
  const symbol = parts.find(({ type }) => type === 'currency')?.value;
  if (symbol === undefined) return [plain.format(amount), currency ?? ''].join(' ').trim();
  const number = parts
    .filter(({ type }) => type !== 'currency' && type !== 'literal')
    .map(({ value }) => value);
  const digits = number.join('').replace('-', '');
  return `${amount < 0 ? '-' : ''}${symbol} ${digits}`;
}

const plain = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function moneyFormat(currency: string | null): Intl.NumberFormat | null {
  if (currency === null || !/^[a-z]{3}$/i.test(currency)) return null;
  return new Intl.NumberFormat('en-US', { style: 'currency', currency });
}
