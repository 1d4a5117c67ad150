import { cellOf, jsonCell, lineOf, type TableStream } from './copy-in';
import { Mould, sameRows } from './mould';

const table = {} as TableStream;
const at = new Date('2026-03-02T01:00:00.000Z');

describe('rows in the text format of COPY', () => {
  it('keep what would end a cell or a row, and tell nothing from the word for it', () => {
    expect(lineOf(['a\tb\nc\\', null, '\\N'].map(cellOf))).toBe('a\\tb\\nc\\\\\t\\N\t\\\\N\n');
  });

  it('hold instants, arrays and JSON', () => {
    expect(cellOf(at)).toBe('2026-03-02T01:00:00.000Z');
    expect(cellOf(['a"b', 'c\\d'])).toBe('{"a\\\\"b","c\\\\\\\\d"}');
    expect(jsonCell({ text: 'a\nb' })).toBe('{"text":"a\\\\nb"}');
    expect(jsonCell(null)).toBe('\\N');
  });

  it('refuse what is no value of a column', () => {
    expect(() => cellOf({})).toThrow('nothing that fits');
  });
});

describe('a mould', () => {
  const story = (names: readonly string[], began: Date) => [
    { table, line: `${names[0]}\t${began.toISOString()}\t{"by":"${names[1]}"}\n` },
    { table, line: `${names[1]}\t${new Date(began.getTime() + 90_000).toISOString()}\t${names[0]}\n` },
  ];

  it('gives the rows of another story that went the same way', () => {
    const mould = new Mould(story(['id-a', 'id-b'], at), { names: ['id-a', 'id-b'], at });
    const later = new Date('2027-12-31T23:59:00.000Z');
    const poured = mould.pour({ names: ['id-c', 'id-d'], at: later });
    expect(poured).toEqual(story(['id-c', 'id-d'], later));
    expect(() => sameRows(poured, story(['id-c', 'id-d'], later))).not.toThrow();
  });

  it('is found out where the rules say something else', () => {
    expect(() => sameRows(story(['a', 'b'], at), story(['a', 'c'], at))).toThrow('the rules say');
    expect(() => sameRows([], story(['a', 'c'], at))).toThrow('0 rows instead of 2');
  });
});
