import { catalogue, composeLabels, label, message } from './catalogue';
import { locales } from './locale';
import { parseTemplate, placeholdersOf } from './template';

const values = Object.entries(catalogue.values).flatMap(([kind, texts]) =>
  Object.entries(texts).map(([key, text]) => ({ where: `${kind}.${key}`, text })),
);
const messages = Object.entries(catalogue.messages).map(([code, text]) => ({ where: code, text }));
const every = [...values, ...messages];

/** Where a condition holds, so that a failing test names the places. */
function placesWhere(condition: (zhCN: string, en: string) => boolean): string[] {
  return every.filter(({ text: [zhCN, en] }) => condition(zhCN, en)).map(({ where }) => where);
}

describe('the catalogue', () => {
  it('says everything in both languages', () => {
    expect(placesWhere((zhCN, en) => zhCN.trim() === '' || en.trim() === '')).toEqual([]);
    expect(placesWhere((zhCN) => !/\p{Script=Han}/u.test(zhCN))).toEqual([]);
    expect(placesWhere((_, en) => /\p{Script=Han}/u.test(en))).toEqual([]);
  });

  it('sets Chinese with Chinese punctuation', () => {
    const asciiBesideHan = /\p{Script=Han}[,;:!?()]|[,;:!?()]\p{Script=Han}/u;
    const wrong = placesWhere((zhCN) => asciiBesideHan.test(zhCN.replace(/\{[\w.]+:/g, '')));
    // The names of forms are spelt as on the forms.
    expect(wrong.filter((place) => !place.startsWith('Form.'))).toEqual([]);
  });

  it('ends every message as a sentence', () => {
    expect(messages.filter(({ text: [zhCN, en] }) => !zhCN.endsWith('。') || !en.endsWith('.'))).toEqual([]);
  });

  it('tells the same in both languages', () => {
    const taken = (text: string) =>
      placeholdersOf(parseTemplate(text))
        .map(({ path, format }) => `${path.join('.')}:${format}`)
        .sort();
    for (const { text } of messages) expect(taken(text[0])).toEqual(taken(text[1]));
  });

  it('does not let two contexts say the same', () => {
    const one = {
      values: { Colour: { RED: ['红', 'Red'] } },
      messages: { GONE: ['没了。', 'Gone.'] },
    } as const;
    expect(composeLabels([one])).toEqual(one);
    expect(() => composeLabels([one, { values: one.values, messages: {} }])).toThrow('Colour');
    expect(() => composeLabels([one, { values: {}, messages: one.messages }])).toThrow('GONE');
  });
});

describe('a label', () => {
  it('is the text of a value, Chinese where nothing else is asked for', () => {
    expect(label('Severity', 'MAJOR', 'zh-CN')).toBe('重大投诉');
    expect(label('Severity', 'MAJOR', 'en')).toBe('Major');
    expect(label('Severity', 'MAJOR')).toBe('重大投诉');
  });

  it.each([
    ['Severity', 'NONE'],
    ['Nothing', 'MAJOR'],
    ['Severity', 'toString'],
    ['constructor', 'name'],
  ])('of %s %s, which the catalogue does not have, is the value itself', (kind, key) => {
    expect(label(kind, key, 'en')).toBe(key);
  });
});

describe('a message', () => {
  it('names what is wrong and what would be right', () => {
    const data = { command: 'closeComplaint', status: 'RECEIVED', allowedIn: ['RESOLVED'] };
    expect(message('COMPLAINT_NOT_IN_REQUIRED_STATUS', data, 'zh-CN')).toBe(
      '投诉目前为“已受理”，不能关闭投诉；须为：已解决。',
    );
    expect(message('COMPLAINT_NOT_IN_REQUIRED_STATUS', data, 'en')).toBe(
      'Closing is not possible: the complaint is “Received”. It has to be: Resolved.',
    );
  });

  it('shows due times in the project’s time zone, also from a stored answer', () => {
    const dueAt = new Date('2026-03-03T02:05:00Z');
    for (const stored of [dueAt, dueAt.toISOString()]) {
      const data = { missing: [{ clock: 'RESPONSE', dueAt: stored }] };
      expect(message('COMPLAINT_CLOSING_INCOMPLETE', data, 'en')).toContain('(due 2026-03-03 Tue 10:05)');
      expect(message('COMPLAINT_CLOSING_INCOMPLETE', data, 'en', 'UTC')).toContain('2026-03-03 Tue 02:05');
    }
  });

  it('is the code where the catalogue has none, and never fails', () => {
    expect(message('NO_SUCH_CODE', {})).toBe('NO_SUCH_CODE');
    expect(message('toString', {})).toBe('toString');
    for (const code of Object.keys(catalogue.messages)) {
      for (const locale of locales) expect(message(code, {}, locale)).not.toBe('');
    }
  });
});
