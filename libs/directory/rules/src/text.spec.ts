import { rule } from '@anju/testing';
import fc from 'fast-check';
import { defaultDirectoryPolicy as policy } from './policy';
import {
  checkAddressText,
  checkNote,
  checkOrganisationName,
  checkPersonName,
  lengthOf,
  nameKey,
} from './text';

function reason(checked: ReturnType<typeof checkPersonName>): string {
  return checked.ok ? checked.value : checked.problems[0]!.reason;
}

describe('names', () => {
  rule.each([
    { name: '王秀兰', expected: '王秀兰' },
    { name: '  王  秀兰　', expected: '王 秀兰' },
    { name: '阿依古丽·买买提', expected: '阿依古丽·买买提' },
    { name: "O'Brien-Smith Jr.", expected: "O'Brien-Smith Jr." },
    { name: 'Nguyễn Thị Hoa', expected: 'Nguyễn Thị Hoa' },
    { name: 'Zoe\u0308', expected: 'Zo\u00eb' },
    { name: '𠮷田太郎', expected: '𠮷田太郎' },
    { name: 'محمد', expected: 'محمد' },
    { name: '王秀兰👍', expected: 'CHARACTER_NOT_ALLOWED' },
    { name: '👨‍👩‍👧', expected: 'CHARACTER_NOT_ALLOWED' },
    { name: '王\u0000秀兰', expected: 'CHARACTER_NOT_ALLOWED' },
    { name: '王\u202e秀兰', expected: 'CHARACTER_NOT_ALLOWED' },
    { name: '王\u200b秀兰', expected: 'CHARACTER_NOT_ALLOWED' },
    { name: '王\ud800', expected: 'CHARACTER_NOT_ALLOWED' },
    { name: '王秀兰2', expected: 'CHARACTER_NOT_ALLOWED' },
    { name: '张三、李四', expected: 'CHARACTER_NOT_ALLOWED' },
    { name: '<b>王</b>', expected: 'CHARACTER_NOT_ALLOWED' },
    { name: "'; drop table customer; --", expected: 'CHARACTER_NOT_ALLOWED' },
    { name: '...', expected: 'CHARACTER_NOT_ALLOWED' },
    { name: '   ', expected: 'REQUIRED' },
    { name: '', expected: 'REQUIRED' },
    { name: '王'.repeat(10_000), expected: 'TOO_LONG' },
  ])('DIR-02', 'a person called $name is $expected', ({ name, expected }) => {
    expect(reason(checkPersonName(name, policy))).toBe(expected);
  });

  rule.each([
    { name: '深圳市锦绣物业管理有限公司（华南）', expected: '深圳市锦绣物业管理有限公司（华南）' },
    { name: '3M中国有限公司', expected: '3M中国有限公司' },
    { name: 'Johnson & Johnson, Inc.', expected: 'Johnson & Johnson, Inc.' },
    { name: '12345', expected: 'CHARACTER_NOT_ALLOWED' },
    { name: '锦绣🏠物业', expected: 'CHARACTER_NOT_ALLOWED' },
  ])('DIR-02', 'an organisation called $name is $expected', ({ name, expected }) => {
    expect(reason(checkOrganisationName(name, policy))).toBe(expected);
  });

  rule('DIR-02', 'a name has up to 200 characters, whatever they take to store', () => {
    expect(lengthOf('𠮷'.repeat(200))).toBe(200);
    expect(reason(checkPersonName('𠮷'.repeat(200), policy))).toBe('𠮷'.repeat(200));
    expect(reason(checkPersonName('𠮷'.repeat(201), policy))).toBe('TOO_LONG');
  });

  rule('DIR-02', 'a name that was taken once is taken unchanged again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (name) => {
        const first = checkPersonName(name, policy);
        if (first.ok) expect(checkPersonName(first.value, policy)).toEqual(first);
      }),
    );
  });

  rule('DIR-06', 'a name is the same with other spaces, width, case or interpuncts', () => {
    expect(nameKey('阿依古丽•买买提')).toBe(nameKey('阿依古丽·买买提'));
    expect(nameKey('ＳＭＩＴＨ　John')).toBe(nameKey('smith john'));
    expect(nameKey('王 秀兰')).toBe(nameKey('王秀兰'));
    expect(nameKey('王秀兰')).not.toBe(nameKey('王秀蘭'));
  });
});

describe('addresses and notes', () => {
  rule('DIR-02', 'an address is one line of text without emoji', () => {
    expect(reason(checkAddressText('深圳市南山区科技路 1 号 3 栋 #1201', policy))).toContain('科技路');
    expect(reason(checkAddressText('科技路\n1号', policy))).toBe('CHARACTER_NOT_ALLOWED');
    expect(reason(checkAddressText('🏠 1号', policy))).toBe('CHARACTER_NOT_ALLOWED');
    expect(reason(checkAddressText('1'.repeat(501), policy))).toBe('TOO_LONG');
  });

  rule('DIR-05', 'a note may have lines, but no control characters', () => {
    expect(reason(checkNote('回电\n核对 👨‍👩‍👧', policy))).toBe('回电\n核对 👨‍👩‍👧');
    expect(reason(checkNote('回电\u0007', policy))).toBe('CHARACTER_NOT_ALLOWED');
    expect(reason(checkNote(' \n ', policy))).toBe('REQUIRED');
  });
});
