import fc from 'fast-check';
import { bigrams, searchTerms, searchedText, searchedWords } from './text-search';

/** What `bigrams @> terms` answers in PostgreSQL. */
function finds(query: string, text: string): boolean {
  const stored = new Set(bigrams(text));
  const terms = searchTerms(query);
  return terms.length > 0 && terms.every((term) => stored.has(term));
}

describe('what a text can be found by', () => {
  it.each([
    ['蜂窝', ['蜂', '窝', '蜂窝']],
    ['Tap, tap!', ['t', 'a', 'p', 'ta', 'ap', 'pt']],
    ['3-2-1201', ['3', '2', '1', '0', '32', '21', '12', '20', '01']],
    ['王', ['王']],
    ['👍🏽好', ['👍', '好', '👍好']],
    ['，。 \t\n', []],
    ['', []],
  ])('%j by %j', (text, terms) => {
    expect(bigrams(text).sort()).toEqual([...terms].sort());
  });

  it('has each term once, and never half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const terms = bigrams(text);
        expect(new Set(terms).size).toBe(terms.length);
        expect(terms.every((term) => term.isWellFormed())).toBe(true);
        expect(terms.every((term) => [1, 2].includes(Array.from(term).length))).toBe(true);
      }),
    );
  });

  it('drops what PostgreSQL cannot store', () => {
    expect(bigrams('a\u0000\uD800b')).toEqual(['a', 'b', 'ab']);
  });
});

describe('a search', () => {
  it.each([
    ['蜂窝', '六楼有蜂窝煤'],
    ['王秀兰', '业主王秀兰来电'],
    ['兰', '业主王秀兰来电'],
    ['兰 来电', '来电：王秀兰'],
    ['３－２－１２０１', '3-2-1201'],
    ['3 2 1201', '3-2-1201'],
    ['KITCHEN', 'the kitchen tap'],
    ['kitchen tap', 'Tap in the kitchen'],
    ['电梯「坏」', '电梯坏了'],
    ['👨‍👩‍👧', '一家 👨‍👩‍👧 三口'],
    ['㎡', '89 m2'],
    ['❤\uFE0F谢', '❤谢谢'],
    ['Müller', 'MU\u0308LLER'],
  ])('for %j finds %j', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });

  it.each([
    ['窝蜂', '蜂窝'],
    ['王秀芳', '王秀兰'],
    ['1202', '3-2-1201'],
    ['', '王秀兰'],
    ['？！', '王秀兰？！'],
  ])('for %j does not find %j', (query, text) => {
    expect(finds(query, text)).toBe(false);
  });

  it('asks for no more than it needs', () => {
    expect(searchTerms('王秀兰')).toEqual(['王秀', '秀兰']);
    expect(searchTerms('王 3-2')).toEqual(['王', '32']);
    expect(searchTerms(' 王\u3000王 ')).toEqual(['王']);
    expect(searchTerms('？！ …')).toEqual([]);
  });

  it('finds every text by every piece of it', () => {
    const characters = fc.constantFrom(...'王秀兰电梯漏水ABab12 ，-', '😀', '🏠');
    fc.assert(
      fc.property(
        fc.array(characters, { minLength: 1, maxLength: 30 }),
        fc.nat(),
        fc.nat(),
        (text, start, length) => {
          const from = start % text.length;
          const piece = text.slice(from, from + 1 + (length % text.length)).join('');
          fc.pre(searchTerms(piece).length > 0);
          expect(finds(piece, text.join(''))).toBe(true);
        },
      ),
    );
  });
});

describe('what pairs alone find', () => {
  const text = '电梯坏了，楼梯间的灯也坏了；业主要求维修电灯。';

  it('is more than the word, and the text itself tells', () => {
    expect(finds('电灯坏', text)).toBe(false);
    expect(finds('梯间灯', '梯间、间灯')).toBe(true);
    expect(searchedText('梯间、间灯')).not.toContain(searchedWords('梯间灯')[0]);
  });

  it('is found by its words with any spaces and punctuation between the characters', () => {
    for (const query of ['电梯', '楼梯间', '电梯 维修', 'ＬＩＦＴ', '，坏 了。']) {
      const lift = searchedText(`${text} Lift`);
      expect(searchedWords(query).every((word) => lift.includes(word))).toBe(true);
    }
    expect(searchedWords('电梯 ， 电梯 lift LIFT')).toEqual(['电梯', 'lift']);
    expect(searchedWords('？！')).toEqual([]);
  });
});
