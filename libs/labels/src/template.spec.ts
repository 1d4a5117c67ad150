import { parseTemplate, renderTemplate } from './template';
import type { Locale } from './locale';

const labels: Record<string, string> = { 'Colour.RED': '红', 'Colour.BLUE': '蓝', 'Field.phones': '电话' };

function say(source: string, data: object, locale: Locale = 'zh-CN', timeZone = 'Asia/Shanghai'): string {
  return renderTemplate(parseTemplate(source), data, {
    locale,
    timeZone,
    label: (kind, key) => labels[`${kind}.${key}`] ?? key,
  });
}

describe('a message', () => {
  it('takes values from the data', () => {
    expect(say('{a} 元, {b.c}, {d}', { a: 12, b: { c: 'x' }, d: false })).toBe('12 元, x, false');
  });

  it('shows a dash for what is not there, and does not look into prototypes', () => {
    expect(say('{a}{b.c.d}{toString}{constructor.name}', { a: null, b: {} })).toBe('————');
  });

  it('joins lists in the manner of the language', () => {
    expect(say('{a}', { a: ['1', '2'] })).toBe('1、2');
    expect(say('{a}', { a: ['1', '2'] }, 'en')).toBe('1, 2');
    expect(say('{a}', { a: [] })).toBe('—');
  });

  it('shows values by their labels', () => {
    expect(say('{a:Colour} {b:Colour}', { a: 'RED', b: ['RED', 'BLUE'] })).toBe('红 红、蓝');
  });

  it('takes one field of every entry of a list', () => {
    expect(say('{a.colour:Colour}', { a: [{ colour: 'RED' }, { colour: 'BLUE' }] })).toBe('红、蓝');
  });

  it('writes every entry of a list by a template of its own', () => {
    const data = {
      a: [
        { colour: 'RED', sizes: [{ n: 1 }, { n: 2 }] },
        { colour: 'BLUE', sizes: [] },
      ],
    };
    expect(say('{a:[{colour:Colour}({sizes:[<{n}>]})]}.', data)).toBe('红(<1>；<2>)；蓝(—).');
    expect(say('{b:[x]}', data)).toBe('—');
  });

  it('writes a part only where there is something to write', () => {
    const source = '{a}{b?[ ({b:money}, {a})]}.';
    expect(say(source, { a: 'x', b: '5.00' })).toBe('x (¥5.00, x).');
    for (const b of [null, undefined, '', []]) expect(say(source, { a: 'x', b })).toBe('x.');
    expect(say('{list:[{n}{of?[/{of}]}]}', { list: [{ n: 1, of: 2 }, { n: 3 }] })).toBe('1/2；3');
  });

  it('shows instants in the time zone of the project, with the weekday', () => {
    const at = new Date('2026-03-02T02:05:00Z');
    expect(say('{at}', { at })).toBe('2026-03-02 周一 10:05');
    expect(say('{at}', { at }, 'en')).toBe('2026-03-02 Mon 10:05');
    expect(say('{at:instant}', { at: at.toISOString() }, 'en', 'UTC')).toBe('2026-03-02 Mon 02:05');
    expect(say('{at:instant}', { at: new Date('2026-03-01T16:00:00Z') })).toBe('2026-03-02 周一 00:00');
    expect(say('{at:instant}', { at: 'soon' })).toBe('soon');
  });

  it('groups amounts of money', () => {
    expect(say('{a:money}', { a: '34444.00' })).toBe('¥34,444.00');
    expect(say('{a:money}', { a: '-1234567.5' })).toBe('¥-1,234,567.5');
    expect(say('{a:money}', { a: '100' })).toBe('¥100');
  });

  it('names the fields of an input, and counts from one', () => {
    expect(say('{f:field}', { f: 'phones.1.number' })).toBe('电话 2 number');
    expect(say('{f:field}', { f: 'phones 2' })).toBe('电话 2');
  });

  it('does not take what people wrote for a template', () => {
    expect(say('{a}', { a: '{b}', b: 'secret' })).toBe('{b}');
  });

  it('writes doubled braces once', () => {
    expect(say('{{a}} [x]', {})).toBe('{a} [x]');
  });

  it.each([
    '{a',
    'a}',
    '{}',
    '{a b}',
    '{a:}',
    '{a:[x}',
    '{a:[x]',
    '{a:b c}',
    '{.a}',
    '{a?}',
    '{a?x}',
    '{a?[x}',
  ])('%s is not one', (source) => {
    expect(() => parseTemplate(source)).toThrow(source.slice(0, 2));
  });
});
