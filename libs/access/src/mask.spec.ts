import { rule } from '@anju/testing';
import fc from 'fast-check';
import { maskIdentityNumber, maskPhone } from './mask';

describe('masking', () => {
  rule.each([
    { phone: '13812345678', shown: '138****5678' },
    { phone: '138 1234 5678', shown: '138****5678' },
    { phone: '+86 13812345678', shown: '+86*******5678' },
    { phone: '0371-65551234', shown: '037*****1234' },
    { phone: '(0371)65551234', shown: '037*****1234' },
    { phone: '65551234', shown: '65****34' },
    { phone: '12345', shown: '****5' },
    { phone: '110', shown: '**0' },
    { phone: '1', shown: '*' },
    { phone: '', shown: '' },
  ])('DIR-05', 'the phone $phone is shown as $shown', ({ phone, shown }) => {
    expect(maskPhone(phone)).toBe(shown);
  });

  rule.each([
    { number: '410101199001011234', shown: '410***********1234' },
    { number: '41010119900101123X', shown: '410***********123X' },
    { number: '410101900101123', shown: '410********1123' },
    { number: 'E12345678', shown: 'E******78' },
    { number: 'A1', shown: '*1' },
    { number: '', shown: '' },
  ])('DIR-05', 'the identity number $number is shown as $shown', ({ number, shown }) => {
    expect(maskIdentityNumber(number)).toBe(shown);
  });

  rule('DIR-05', 'of any number at least a third stays hidden', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z]{0,24}$/), (number) => {
        for (const shown of [maskPhone(number), maskIdentityNumber(number)]) {
          expect(shown).toHaveLength(number.length);
          expect([...shown].filter((character) => character === '*').length).toBeGreaterThanOrEqual(
            Math.ceil(number.length / 3),
          );
        }
      }),
    );
  });
});
