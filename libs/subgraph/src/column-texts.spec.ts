import fc from 'fast-check';
import { types } from 'pg';
import { arrayFrom, instantFrom } from './column-texts';

const asPgReads = (oid: number): ((text: string) => unknown) =>
  types.getTypeParser(oid, 'text') as (text: string) => unknown;
const instant = asPgReads(1184);
const texts = asPgReads(1009);

describe('what PostgreSQL writes', () => {
  const two = (value: number): string => String(value).padStart(2, '0');

  it('as an instant is read as pg reads it, whatever the zone and the fraction', () => {
    const written = fc
      .record({
        at: fc.date({
          min: new Date('0001-01-02T00:00:00Z'),
          max: new Date('9999-12-30T00:00:00Z'),
          noInvalidDate: true,
        }),
        fraction: fc.stringMatching(/^[0-9]{0,6}$/),
        offset: fc.constantFrom('+00', '+08', '-05', '+14', '-11', '+05:30', '-09:30', '+08:05:43'),
      })
      .map(({ at, fraction, offset }) => {
        const [day, time] = at.toISOString().split('T') as [string, string];
        return `${day} ${time.slice(0, 8)}${fraction === '' ? '' : `.${fraction}`}${offset}`;
      });
    fc.assert(fc.property(written, (text) => expect(instantFrom(text)).toEqual(instant(text))));
  });

  it.each([
    'infinity',
    '-infinity',
    '0044-03-15 12:00:00+00 BC',
    '0099-01-01 00:00:00+00',
    '12026-01-01 00:00:00+00',
    '2026-02-28 23:59:59.9999999-11',
    '2026-01-01',
    '',
  ])('as an instant out of the ordinary is read as pg reads it: %s', (text) => {
    expect(instantFrom(text)).toEqual(instant(text));
  });

  it('as an instant at every minute of a day is read as pg reads it', () => {
    for (let minute = 0; minute < 1_440; minute += 1) {
      const text = `2024-02-29 ${two(Math.floor(minute / 60))}:${two(minute % 60)}:07.04+08`;
      expect(instantFrom(text)).toEqual(instant(text));
    }
  });

  it('as an array is read as pg reads it', () => {
    const plain = fc
      .array(fc.stringMatching(/^[\w\u4e00-\u4e10-]{1,8}$/))
      .map((items) => `{${items.join()}}`);
    const quoted = fc
      .array(
        fc.oneof(
          fc.constant('NULL'),
          fc.string().map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`),
        ),
      )
      .map((items) => `{${items.join()}}`);
    fc.assert(
      fc.property(fc.oneof(plain, quoted, fc.constant('{{a,b},{c,d}}')), (text) =>
        expect(arrayFrom(text)).toEqual(texts(text)),
      ),
    );
  });
});
