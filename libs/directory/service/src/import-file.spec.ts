import { defaultDirectoryPolicy, unitsReader } from '@anju/directory-rules';
import iconv from 'iconv-lite';
import { decodeFile, readFile } from './import-file';

const text = '楼栋,房号\n3栋,0101室\n㐂𠮷楼,1\n';

describe('the encoding of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(text), 'UTF_8'],
    ['UTF-8 with a byte-order mark', Buffer.from(`\uFEFF${text}`), 'UTF_8'],
    ['ASCII', Buffer.from('building,number\n3,101\n'), 'UTF_8'],
    ['GB18030 with characters of four bytes', iconv.encode(text, 'gb18030'), 'GB18030'],
    ['GBK', iconv.encode('楼栋,房号\n3栋,0101室\n', 'gbk'), 'GB18030'],
  ])('is found out: %s', (_name, content, encoding) => {
    expect(decodeFile(content, null)).toMatchObject({ encoding });
    expect(decodeFile(content, null)).toEqual(decodeFile(content, encoding as 'UTF_8' | 'GB18030'));
  });

  it('is not what it is told to be', () => {
    const failure = { failure: 'NOT_IN_THIS_ENCODING' };
    expect(decodeFile(iconv.encode(text, 'gb18030'), 'UTF_8')).toEqual(failure);
    expect(decodeFile(Buffer.from([0x41, 0xff, 0xfe, 0x42]), null)).toEqual(failure);
  });
});

describe('the lines of a file', () => {
  const reader = () => unitsReader(['JX'], defaultDirectoryPolicy);

  it.each(['\n', '\r\n', '\r'])('are counted as a spreadsheet does, whatever ends them: %j', async (end) => {
    const file = ['楼栋,房号', '3,101', '', ',', '3,', '"4","1""01"', '5,"10\n1"', '6,101'].join(end);
    const { unreadable, lines } = await readFile(file, reader(), 100);
    expect(unreadable).toEqual([]);
    const seen = lines.map((line) =>
      line.kind === 'ROW' ? [line.line, 'ok'] : [line.problems[0]!.line, 'bad'],
    );
    expect(seen).toEqual([
      [2, 'ok'],
      [5, 'bad'],
      [6, 'bad'],
      [7, 'ok'],
      [9, 'ok'],
    ]);
  });

  it('are read no further than the limit', async () => {
    const file = ['楼栋,房号', ...Array.from({ length: 2_000 }, (_, n) => `1,${n + 1}`)].join('\n');
    expect((await readFile(file, reader(), 700)).lines).toHaveLength(701);
    expect((await readFile(file, reader(), 2_000)).lines).toHaveLength(2_000);
  });
});
