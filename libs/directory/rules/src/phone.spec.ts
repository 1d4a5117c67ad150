import { rule } from '@anju/testing';
import fc from 'fast-check';
import { maskPhone } from './masking';
import { checkPartnerPhone, checkPhone, dialledInChina, phoneText, samePhone } from './phone';
import { aPhone } from './testing/builders';

const mobile = fc.stringMatching(/^1[3-9]\d{9}$/);
const landline = fc.oneof(
  fc.stringMatching(/^0(10|2[0-9])[2-8]\d{7}$/),
  fc.stringMatching(/^0[3-9]\d{2}[2-8]\d{6,7}$/),
);

describe('phone numbers', () => {
  rule.each([
    { text: '13812345678', kind: 'MOBILE', number: '+8613812345678' },
    { text: '138 1234 5678', kind: 'MOBILE', number: '+8613812345678' },
    { text: '138-1234-5678', kind: 'MOBILE', number: '+8613812345678' },
    { text: '+86 138 1234 5678', kind: 'MOBILE', number: '+8613812345678' },
    { text: '0086-13812345678', kind: 'MOBILE', number: '+8613812345678' },
    { text: '8613812345678', kind: 'MOBILE', number: '+8613812345678' },
    { text: '１３８１２３４５６７８', kind: 'MOBILE', number: '+8613812345678' },
    { text: '0755-82345678', kind: 'LANDLINE', number: '+8675582345678' },
    { text: '（0755）82345678', kind: 'LANDLINE', number: '+8675582345678' },
    { text: '010-62345678', kind: 'LANDLINE', number: '+861062345678' },
    { text: '021 6234 5678', kind: 'LANDLINE', number: '+862162345678' },
    { text: '0898-6234567', kind: 'LANDLINE', number: '+868986234567' },
    { text: '+86 (0)755 82345678', kind: 'LANDLINE', number: '+8675582345678' },
    { text: '+85291234567', kind: 'INTERNATIONAL', number: '+85291234567' },
    { text: '00852 9123 4567', kind: 'INTERNATIONAL', number: '+85291234567' },
  ])('DIR-02', '$text is a $kind number: $number', ({ text, kind, number }) => {
    const checked = checkPhone(text);
    expect(checked.ok && checked.value).toEqual({ kind, number, extension: null });
  });

  rule.each(['0755-82345678-801', '0755-82345678转801', '0755-82345678#801', '+8675582345678x801'])(
    'DIR-02',
    '%s has an extension',
    (text) => {
      const checked = checkPhone(text);
      expect(checked.ok && checked.value).toEqual({
        kind: 'LANDLINE',
        number: '+8675582345678',
        extension: '801',
      });
    },
  );

  rule.each([
    '82345678',
    '0755-12345678',
    '12812345678',
    '1381234567',
    '138123456789',
    '13812345678转1',
    '10000',
    '400-820-1234',
    '+8612345',
    '+0123456789',
    'abc',
    '13812345678; drop table',
    '📱13812345678',
  ])('DIR-02', '%s is not a phone number of a customer', (text) => {
    expect(checkPhone(text)).toMatchObject({ ok: false, problems: [{ reason: 'FORMAT' }] });
  });

  rule.each([
    { text: '10000', number: '10000' },
    { text: '12345', number: '12345' },
    { text: '95588', number: '95588' },
    { text: '400-820-1234', number: '+864008201234' },
    { text: '0755-82345678', number: '+8675582345678' },
  ])('DIR-04', 'a partner can have $text', ({ text, number }) => {
    const checked = checkPartnerPhone(text);
    expect(checked.ok && checked.value.number).toBe(number);
  });

  rule(
    'DIR-02',
    'every mobile and landline number keeps its digits, and is read back from its own text',
    () => {
      fc.assert(
        fc.property(fc.oneof(mobile, landline), (digits) => {
          const phone = aPhone(digits);
          expect(dialledInChina(phone)).toBe(digits);
          expect(aPhone(phoneText(phone))).toEqual(phone);
        }),
      );
    },
  );

  rule('DIR-06', 'an extension makes another phone', () => {
    const switchboard = aPhone('0755-82345678');
    expect(samePhone(switchboard, aPhone('0755 8234 5678'))).toBe(true);
    expect(samePhone(switchboard, aPhone('0755-82345678-801'))).toBe(false);
  });

  rule.each([
    { text: '13812345678', masked: '138****5678' },
    { text: '0755-82345678-801', masked: '075****5678' },
    { text: '+85291234567', masked: '852****4567' },
    { text: '95588', masked: '****8' },
    { text: '110', masked: '****' },
  ])('DIR-05', '$text is shown as $masked', ({ text, masked }) => {
    expect(maskPhone(aPhone(text))).toBe(masked);
  });

  rule('DIR-05', 'a mask shows at most seven digits and hides at least four', () => {
    const any = fc.oneof(mobile, landline, fc.stringMatching(/^\+852[569]\d{7}$/), fc.constant('10000'));
    fc.assert(
      fc.property(any, (text) => {
        const phone = aPhone(text);
        const [head = '', tail = ''] = maskPhone(phone).split('****');
        const digits = dialledInChina(phone).replace('+', '');
        expect(head.length).toBeLessThanOrEqual(3);
        expect(tail.length).toBeLessThanOrEqual(4);
        expect(digits.length - head.length - tail.length).toBeGreaterThanOrEqual(4);
        expect(digits.startsWith(head) && digits.endsWith(tail)).toBe(true);
      }),
    );
  });
});
