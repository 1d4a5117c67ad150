import { rule } from '@anju/testing';
import fc from 'fast-check';
import {
  checkIdentityDocument,
  creditCodeCheckCharacter,
  identityDocumentKinds,
  residentIdCheckCharacter,
} from './identity-document';
import { maskIdentityNumber } from './masking';
import { aResidentId } from './testing/builders';

const today = '2026-03-02';
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

const residentId = fc
  .tuple(
    fc.constantFrom('110105', '440301', '810000', '320582', '650102'),
    fc.date({ min: new Date('1900-01-01'), max: new Date('2026-03-02'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([region, birth, sequence]) => {
    const born = birth.toISOString().slice(0, 10).replaceAll('-', '');
    return aResidentId(`${region}${born}${String(sequence).padStart(3, '0')}`);
  });

const creditCode = fc
  .tuple(
    fc.constantFrom('9', '5', '1', 'N', 'Y'),
    fc.constantFrom('1', '2', '9'),
    fc.stringMatching(/^\d{6}$/),
    fc.array(fc.constantFrom(...alphabet), { minLength: 9, maxLength: 9 }).map((parts) => parts.join('')),
  )
  .map(([authority, kind, region, body]) => {
    const code = `${authority}${kind}${region}${body}`;
    return code + creditCodeCheckCharacter(code);
  });

function reasonFor(kind: string, number: string, customerKind: 'PERSON' | 'ORGANISATION' = 'PERSON'): string {
  const checked = checkIdentityDocument({ kind, number }, customerKind, today);
  return checked.ok ? 'ok' : checked.problems.map(({ field, reason }) => `${field} ${reason}`).join();
}

describe('identity documents', () => {
  rule.each([
    // The standard's own example, and published codes of public bodies and firms.
    { number: '11010519491231002X', kind: 'RESIDENT_ID', customerKind: 'PERSON' as const },
    { number: '440524188001010014', kind: 'RESIDENT_ID', customerKind: 'PERSON' as const },
    {
      number: '91350100M000100Y43',
      kind: 'UNIFIED_SOCIAL_CREDIT_CODE',
      customerKind: 'ORGANISATION' as const,
    },
    { number: 'E12345678', kind: 'PASSPORT', customerKind: 'PERSON' as const },
    { number: 'EA1234567', kind: 'PASSPORT', customerKind: 'PERSON' as const },
    { number: 'H12345678', kind: 'HONG_KONG_MACAO_PERMIT', customerKind: 'PERSON' as const },
    { number: '12345678', kind: 'TAIWAN_PERMIT', customerKind: 'PERSON' as const },
    { number: '南字第0012345号', kind: 'OTHER', customerKind: 'PERSON' as const },
  ])('DIR-02', 'takes $kind $number', ({ number, kind, customerKind }) => {
    expect(checkIdentityDocument({ kind, number }, customerKind, today)).toEqual({
      ok: true,
      value: { kind, number },
    });
  });

  rule.each([
    { kind: 'RESIDENT_ID', number: '110105194912310021', why: 'number CHECK_CHARACTER' },
    { kind: 'RESIDENT_ID', number: '110105491231002', why: 'number FORMAT' },
    { kind: 'RESIDENT_ID', number: aResidentId('11010520250229001'), why: 'number OUT_OF_RANGE' },
    { kind: 'RESIDENT_ID', number: aResidentId('11010520260303001'), why: 'number OUT_OF_RANGE' },
    { kind: 'RESIDENT_ID', number: aResidentId('99010519491231002'), why: 'number OUT_OF_RANGE' },
    { kind: 'RESIDENT_ID', number: '  ', why: 'number REQUIRED' },
    { kind: 'RESIDENT_ID', number: "'; drop table customer; --", why: 'number FORMAT' },
    { kind: 'PASSPORT', number: 'ABCDEFGH', why: 'number FORMAT' },
    { kind: 'PASSPORT', number: 'E123456789', why: 'number FORMAT' },
    { kind: 'HONG_KONG_MACAO_PERMIT', number: 'K12345678', why: 'number FORMAT' },
    { kind: 'TAIWAN_PERMIT', number: '1234567', why: 'number FORMAT' },
    { kind: 'LIBRARY_CARD', number: '12345678', why: 'kind UNKNOWN_VALUE' },
    { kind: 'UNIFIED_SOCIAL_CREDIT_CODE', number: '91350100M000100Y43', why: 'kind NOT_APPLICABLE' },
  ])('DIR-02', 'refuses $kind of a person: $why', ({ kind, number, why }) => {
    expect(reasonFor(kind, number)).toBe(why);
  });

  rule.each([
    { kind: 'UNIFIED_SOCIAL_CREDIT_CODE', number: '91350100M000100Y44', why: 'number CHECK_CHARACTER' },
    { kind: 'UNIFIED_SOCIAL_CREDIT_CODE', number: '91350100M0001O0Y43', why: 'number FORMAT' },
    { kind: 'RESIDENT_ID', number: '11010519491231002X', why: 'kind NOT_APPLICABLE' },
  ])('DIR-02', 'refuses $kind of an organisation: $why', ({ kind, number, why }) => {
    expect(reasonFor(kind, number, 'ORGANISATION')).toBe(why);
  });

  rule('DIR-02', 'a number is one number however it is written', () => {
    for (const number of [
      '11010519491231002x',
      ' 110105 19491231 002X ',
      '１１０１０５１９４９１２３１００２Ｘ',
    ]) {
      expect(checkIdentityDocument({ kind: 'RESIDENT_ID', number }, 'PERSON', today)).toEqual({
        ok: true,
        value: { kind: 'RESIDENT_ID', number: '11010519491231002X' },
      });
    }
  });

  rule('DIR-02', 'every resident number with its check character is taken, none with another digit', () => {
    fc.assert(
      fc.property(residentId, fc.nat(17), fc.integer({ min: 1, max: 9 }), (number, at, shift) => {
        expect(reasonFor('RESIDENT_ID', number)).toBe('ok');
        const digit = number.charAt(at);
        const other = digit === 'X' ? String(shift) : String((Number(digit) + shift) % 10);
        expect(reasonFor('RESIDENT_ID', number.slice(0, at) + other + number.slice(at + 1))).not.toBe('ok');
      }),
    );
  });

  rule('DIR-02', 'every credit code with its check character is taken, none with another character', () => {
    fc.assert(
      fc.property(creditCode, fc.nat(17), fc.integer({ min: 1, max: 30 }), (code, at, shift) => {
        expect(reasonFor('UNIFIED_SOCIAL_CREDIT_CODE', code, 'ORGANISATION')).toBe('ok');
        const other = alphabet.charAt((alphabet.indexOf(code.charAt(at)) + shift) % alphabet.length);
        const changed = code.slice(0, at) + other + code.slice(at + 1);
        expect(reasonFor('UNIFIED_SOCIAL_CREDIT_CODE', changed, 'ORGANISATION')).not.toBe('ok');
      }),
    );
  });

  it('computes the check character by the weights of the standard', () => {
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    fc.assert(
      fc.property(fc.stringMatching(/^\d{17}$/), (body) => {
        const sum = weights.reduce((total, weight, index) => total + weight * Number(body.charAt(index)), 0);
        expect(residentIdCheckCharacter(body)).toBe('10X98765432'.charAt(sum % 11));
      }),
    );
  });

  rule('DIR-05', 'a refusal never repeats the number', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...identityDocumentKinds),
        fc.stringMatching(/^[A-Z0-9]{6,20}$/),
        (kind, number) => {
          const checked = checkIdentityDocument({ kind, number }, 'PERSON', today);
          if (!checked.ok) expect(JSON.stringify(checked.problems)).not.toContain(number);
        },
      ),
    );
  });

  rule.each([
    { number: '11010519491231002X', masked: '110****002X' },
    { number: '91350100M000100Y43', masked: '913****0Y43' },
    { number: 'E12345678', masked: '****5678' },
    { number: '12345678', masked: '****5678' },
    { number: 'A1234', masked: '****4' },
    { number: 'A123', masked: '****' },
  ])('DIR-05', '$number is shown as $masked', ({ number, masked }) => {
    expect(maskIdentityNumber(number)).toBe(masked);
  });

  rule('DIR-05', 'a mask shows at most the first three and the last four, and never more than half', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{1,30}$/), (number) => {
        const [head = '', tail = ''] = maskIdentityNumber(number).split('****');
        expect(head.length).toBeLessThanOrEqual(3);
        expect(tail.length).toBeLessThanOrEqual(4);
        expect(number.length - head.length - tail.length).toBeGreaterThanOrEqual(
          Math.min(number.length, Math.max(4, number.length / 2)),
        );
        expect(number.startsWith(head) && number.endsWith(tail)).toBe(true);
      }),
    );
  });
});
