import { rule } from '@anju/testing';
import fc from 'fast-check';
import { redact, redactText } from './redact';

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const words = fc.constantFrom('', '电话', 'tel: ', '请回电 ', '「', 'phone=', '"', '\n');

describe('text for a log', () => {
  rule.each([
    { text: '请回电13812345678谢谢', logged: '请回电138****5678谢谢' },
    { text: '138 1234 5678', logged: '138****5678' },
    { text: '138-1234-5678', logged: '138****5678' },
    { text: '+8613812345678', logged: '+86*******5678' },
    { text: '008613812345678', logged: '008********5678' },
    { text: '13812345678', logged: '138****5678' },
    { text: '0371-65551234 转 8', logged: '037*****1234 转 8' },
    { text: '身份证410101199001011234。', logged: '身份证410***********1234。' },
    { text: '41010119900101123x', logged: '410***********123x' },
    { text: '410101900101123', logged: '410********1123' },
    { text: '6222021234567890123', logged: '622************0123' },
    { text: 'mail wang.xl+home@example.com.cn now', logged: 'mail [e-mail] now' },
    { text: 'Bearer eyJhbGciOi.eyJzdWIiOi.c2ln', logged: 'Bearer [token]' },
  ])('DIR-05', '$text is logged as $logged', ({ text, logged }) => {
    expect(redactText(text)).toBe(logged);
  });

  it.each([
    'JX-20260302-001',
    '2026-03-02T09:02:00.000Z',
    '019ca013-8123-7456-8013-138123456789',
    'unit 3-2-1201, 12 residents, 34444.00',
    '1772413320000',
  ])('leaves %s as it is', (text) => {
    expect(redactText(text)).toBe(text);
  });

  rule('DIR-05', 'no mobile or identity number survives, whatever stands around it', () => {
    fc.assert(
      fc.property(
        words,
        fc.constantFrom('13', '15', '18', '19'),
        digits(9),
        words,
        (before, start, rest, after) => {
          expect(redactText(`${before}${start}${rest}${after}`)).not.toContain(`${start}${rest}`);
        },
      ),
    );
    fc.assert(
      fc.property(words, digits(17), fc.constantFrom('1', 'X', 'x'), words, (before, number, last, after) => {
        expect(redactText(`${before}${number}${last}${after}`)).not.toContain(number);
      }),
    );
  });

  it('takes no longer for hostile text', () => {
    const started = performance.now();
    redactText('a'.repeat(200_000));
    redactText('1-'.repeat(100_000));
    redactText('eyJ'.repeat(70_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('a value for a log', () => {
  rule('DIR-05', 'personal fields are left out by their name, at any depth', () => {
    expect(
      redact({
        requestId: 'r1',
        Authorization: 'Bearer x',
        customers: [{ id: 'c1', name: '王秀兰', phones: ['13812345678'], identityNumber: null }],
        note: '请回电13812345678',
        at: new Date(0),
      }),
    ).toEqual({
      requestId: 'r1',
      Authorization: '[redacted]',
      customers: [{ id: 'c1', name: '[redacted]', phones: '[redacted]', identityNumber: null }],
      note: '请回电138****5678',
      at: new Date(0),
    });
  });

  it('covers errors with their cause, as drivers put values into messages', () => {
    const cause = Object.assign(new Error('Key (phone)=(13812345678) already exists'), { code: '23505' });
    const logged = JSON.stringify(redact({ err: new Error('failed for 13812345678', { cause }) }));
    expect(logged).not.toContain('13812345678');
    expect(logged).toContain('23505');
  });

  it('ends for what contains itself or is very deep', () => {
    const ring: Record<string, unknown> = { a: 1 };
    ring['self'] = ring;
    expect(redact(ring)).toEqual({ a: 1, self: '[circular]' });
    let deep: unknown = '13812345678';
    for (let level = 0; level < 1_000; level += 1) deep = { deep };
    expect(JSON.stringify(redact(deep))).not.toContain('13812345678');
  });

  it('shows the same thing twice when it stands twice', () => {
    const shared = { a: 1 };
    expect(redact([shared, shared])).toEqual([{ a: 1 }, { a: 1 }]);
  });
});
