import fc from 'fast-check';
import { rule } from '@anju/testing';
import { Money } from './money';

const fen = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
const amounts = fen.map((value) => Money.ofFen(value));

describe('an amount of money', () => {
  rule.each([
    { text: '123.45', written: '123.45' },
    { text: '0', written: '0.00' },
    { text: '-0', written: '0.00' },
    { text: '5', written: '5.00' },
    { text: '0.5', written: '0.50' },
    { text: '-20.05', written: '-20.05' },
    { text: '-0.01', written: '-0.01' },
    { text: '007.10', written: '7.10' },
    { text: '999999999999999.99', written: '999999999999999.99' },
  ])('REC-35', 'is exact: $text', ({ text, written }) => {
    expect(Money.of(text).toString()).toBe(written);
    expect(Money.isAmount(text)).toBe(true);
  });

  it.each([
    '',
    ' ',
    '1.234',
    '1,000.00',
    '.5',
    '5.',
    '+5',
    '1e3',
    '--5',
    '12.3.4',
    '¥5',
    '５',
    'NaN',
    '1'.repeat(16),
    '5\n',
  ])('is not %j', (text) => {
    expect(() => Money.of(text)).toThrow('not an amount of money with at most two decimals');
    expect(Money.isAmount(text)).toBe(false);
  });

  it('is not made from a number, and an endless text is not repeated in the error', () => {
    expect(() => Money.of(12.5 as unknown as string)).toThrow(RangeError);
    expect(() => Money.of('9'.repeat(10_000))).toThrow(/^.{1,120}$/);
  });

  it('goes into JSON as the text that it is read from', () => {
    expect(JSON.stringify({ paid: Money.of('36.5') })).toBe('{"paid":"36.50"}');
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(Money.of(JSON.parse(JSON.stringify(amount)) as string)).toEqual(amount);
      }),
    );
  });

  it('cannot be compared or added as if it were a number or a text', () => {
    const [two, ten] = [Money.of('2'), Money.of('10')];
    expect(() => two < ten).toThrow('money is no number');
    expect(() => `${two}${ten}` && Number(two)).toThrow('money is no number');
    expect(() => (two as unknown as string) + 'x').toThrow('money is no number');
    expect(`${two}`).toBe('2.00');
  });
});

describe('reckoning with money', () => {
  it('adds and takes away to the fen', () => {
    expect(Money.of('0.1').plus(Money.of('0.2')).toString()).toBe('0.30');
    expect(Money.of('100').minus(Money.of('100.01')).toString()).toBe('-0.01');
    expect(Money.sum([]).toString()).toBe('0.00');
    expect(Money.sum(['1.10', '2.20', '-0.05'].map((text) => Money.of(text))).toString()).toBe('3.25');
  });

  rule.each([
    { amount: '15800.00', factor: '2.18', product: '34444.00' },
    { amount: '10000.00', factor: '3', product: '30000.00' },
    { amount: '0.01', factor: '0.5', product: '0.01' },
    { amount: '0.01', factor: '0.49', product: '0.00' },
    { amount: '-0.01', factor: '0.5', product: '-0.01' },
    { amount: '0.01', factor: '-0.5', product: '-0.01' },
    { amount: '1.15', factor: '0.1', product: '0.12' },
    { amount: '1.14', factor: '0.1', product: '0.11' },
    { amount: '33.33', factor: '0', product: '0.00' },
    { amount: '999999999999999.99', factor: '999999999999999', product: '999999999999998990000000000000.01' },
  ])('REC-35', '$amount times $factor is $product, rounded half-up', ({ amount, factor, product }) => {
    expect(Money.of(amount).times(factor).toString()).toBe(product);
  });

  it.each(['', '1/3', 'x', '1e2', '.5', '0.1234567890123456'])('does not multiply by %j', (factor) => {
    expect(() => Money.of('1').times(factor)).toThrow('not a decimal number');
  });

  it('orders amounts', () => {
    const sorted = ['10', '-1', '2', '0'].map((text) => Money.of(text)).sort((a, b) => a.compare(b));
    expect(sorted.map(String)).toEqual(['-1.00', '0.00', '2.00', '10.00']);
    expect(Money.of('1').equals(Money.of('1.00'))).toBe(true);
    expect(Money.of('1').equals(Money.of('1.01'))).toBe(false);
    expect([Money.of('-0.01').isNegative(), Money.zero.isNegative(), Money.zero.isZero()]).toEqual([
      true,
      false,
      true,
    ]);
    expect(Money.of('-12.34').toFen()).toBe(-1_234n);
  });

  it('follows the laws of addition', () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (a, b, c) => {
        expect(a.plus(b)).toEqual(b.plus(a));
        expect(a.plus(b).plus(c)).toEqual(a.plus(b.plus(c)));
        expect(a.plus(b).minus(b)).toEqual(a);
        expect(a.plus(a.negated()).isZero()).toBe(true);
        expect(a.minus(b).compare(Money.zero)).toBe(a.compare(b));
      }),
    );
  });

  it('rounds a product by no more than half a fen, and a negative one like its opposite', () => {
    const factors = fc.tuple(
      fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
      fc.integer({ min: 1, max: 6 }),
    );
    fc.assert(
      fc.property(amounts, factors, (amount, [digits, places]) => {
        const size = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
        const factor = `${digits < 0n ? '-' : ''}${size.slice(0, -places)}.${size.slice(-places)}`;
        const product = amount.times(factor);
        const scale = 10n ** BigInt(places);
        const error = 2n * (product.toFen() * scale - amount.toFen() * digits);
        expect(error <= scale && error >= -scale).toBe(true);
        expect(amount.negated().times(factor)).toEqual(product.negated());
      }),
    );
  });
});

describe('sharing money out', () => {
  it.each([
    ['100.00', [1, 1, 1], ['33.34', '33.33', '33.33']],
    ['0.02', [1, 1, 1], ['0.01', '0.01', '0.00']],
    ['-100.00', [1, 1, 1], ['-33.34', '-33.33', '-33.33']],
    ['10.00', [3, 7], ['3.00', '7.00']],
    ['0.05', [1, 2], ['0.02', '0.03']],
    ['0.05', [2, 1], ['0.03', '0.02']],
    ['1.00', [0, 1], ['0.00', '1.00']],
  ])('%s by %j is %j', (amount, weights, parts) => {
    expect(Money.of(amount).allocate(weights).map(String)).toEqual(parts);
  });

  it('gives out everything, each at most a fen from the exact share', () => {
    const weights = fc
      .array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 12 })
      .filter((all) => all.some((weight) => weight > 0));
    fc.assert(
      fc.property(amounts, weights, (amount, all) => {
        const parts = amount.allocate(all);
        const total = BigInt(all.reduce((sum, weight) => sum + weight, 0));
        expect(Money.sum(parts)).toEqual(amount);
        parts.forEach((part, index) => {
          const error = part.toFen() * total - amount.toFen() * BigInt(all[index]!);
          expect(error < total && error > -total).toBe(true);
        });
      }),
    );
  });

  it.each([[[]], [[0, 0]], [[1, -1]], [[0.5]], [[Number.NaN]]])('refuses the weights %j', (weights) => {
    expect(() => Money.of('1').allocate(weights)).toThrow(RangeError);
  });
});
