import { Readable } from 'node:stream';
import { fileKindNames, fileKinds, type FileKindName } from './file-kinds';
import { declaredType, judgeContent } from './judge-content';
import { recogniseContent } from './recognise-content';
import { sampleFiles } from './testing/sample-files';

const everything: ReadonlySet<FileKindName> = new Set(fileKindNames);
type Sample = keyof typeof sampleFiles;

async function judged(
  sample: Sample,
  name: string,
  contentType?: string,
  allowed = everything,
): Promise<string> {
  const recognised = await recogniseContent(() =>
    Readable.from([sampleFiles[sample]], { objectMode: false }),
  );
  try {
    const found = judgeContent({ name, declared: declaredType(contentType) }, recognised, allowed);
    return `${found.kind} ${found.name}`;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('a file is taken for what its bytes are', () => {
  it.each<[Sample, string, string | undefined, string]>([
    ['JPEG', 'lift.jpg', 'image/jpeg', 'JPEG lift.jpg'],
    ['JPEG', 'LIFT.JPEG', undefined, 'JPEG LIFT.JPEG'],
    ['PNG', '电梯.png', 'image/png', 'PNG 电梯.png'],
    ['GIF', 'a.gif', 'image/gif', 'GIF a.gif'],
    ['WEBP', 'a.webp', 'image/webp', 'WEBP a.webp'],
    ['HEIC', 'IMG_0042.HEIC', 'image/heic', 'HEIC IMG_0042.HEIC'],
    ['BMP', 'a.bmp', 'image/x-ms-bmp', 'BMP a.bmp'],
    ['PDF', 'letter.pdf', 'application/pdf', 'PDF letter.pdf'],
    ['DOCX', '来函.docx', fileKinds.DOCX.contentType, 'DOCX 来函.docx'],
    ['DOCX_LATE', 'a.docx', undefined, 'DOCX a.docx'],
    ['XLSX', 'a.xlsx', fileKinds.XLSX.contentType, 'XLSX a.xlsx'],
    ['PPTX', 'a.pptx', fileKinds.PPTX.contentType, 'PPTX a.pptx'],
    ['DOC', 'a.doc', 'application/msword', 'DOC a.doc'],
    ['DOC', 'a.xls', 'application/vnd.ms-excel', 'XLS a.xls'],
    ['MP3', 'hotline.mp3', 'audio/mp3', 'MP3 hotline.mp3'],
    ['WAV', 'hotline.wav', 'audio/x-wav', 'WAV hotline.wav'],
    ['M4A', 'hotline.m4a', 'audio/mp4', 'M4A hotline.m4a'],
    ['AMR', 'hotline.amr', 'audio/amr', 'AMR hotline.amr'],
    ['TXT', 'wechat.txt', 'text/plain; charset=utf-8', 'TXT wechat.txt'],
    ['TXT', 'list.csv', 'text/csv', 'TXT list.csv'],
    ['GB18030', 'notepad.txt', 'text/plain', 'TXT notepad.txt'],
  ])('%s as %s, declared as %s', async (sample, name, declared, expected) => {
    expect(await judged(sample, name, declared)).toBe(expected);
  });

  it('whatever a client sends that knows nothing of it', async () => {
    for (const declared of ['', 'application/octet-stream', 'application/x-www-form-urlencoded', undefined]) {
      expect(await judged('JPEG', 'lift.jpg', declared)).toBe('JPEG lift.jpg');
    }
  });

  it('and gets the extension that belongs to it where it has none', async () => {
    expect(await judged('JPEG', 'lift', 'image/jpeg')).toBe('JPEG lift.jpg');
    expect(await judged('TXT', '说明')).toBe('TXT 说明.txt');
  });
});

describe('a file that is something else than it says is refused as disguised', () => {
  it.each<[Sample, string, string | undefined]>([
    ['EXE', 'lift.jpg', 'image/jpeg'],
    ['EXE', 'lift', 'image/jpeg'],
    ['PDF', 'lift.jpg', undefined],
    ['JPEG', 'lift.jpg', 'application/pdf'],
    ['JPEG', 'lift.jpg.exe', undefined],
    ['PDF', 'report.v2', undefined],
    ['ZIP', 'letter.docx', undefined],
    ['MACROS', 'letter.docx', undefined],
    ['DOCX', 'letter.doc', undefined],
    ['SVG', 'picture.png', 'image/png'],
    ['TXT', 'lift.jpg', undefined],
    ['NOISE', 'hotline.mp3', undefined],
    ['GB18030', 'lift.png', undefined],
  ])('%s as %s, declared as %s', async (sample, name, declared) => {
    expect(await judged(sample, name, declared)).toBe('FILE_DISGUISED');
  });
});

describe('a file of a kind that is not taken is refused as that', () => {
  it.each<[Sample, string, string | undefined]>([
    ['EXE', 'setup.exe', 'application/x-msdownload'],
    ['ZIP', 'all.zip', 'application/zip'],
    ['SVG', 'plan.svg', 'image/svg+xml'],
    ['MACROS', 'letter.docm', undefined],
    ['NOISE', 'noise.bin', undefined],
    ['TXT', 'page.html', 'text/html'],
    ['TXT', 'page.html', undefined],
  ])('%s as %s, declared as %s', async (sample, name, declared) => {
    expect(await judged(sample, name, declared)).toBe('FILE_KIND_NOT_TAKEN');
  });

  it('also where the installation takes fewer kinds', async () => {
    expect(await judged('MP3', 'hotline.mp3', 'audio/mpeg', new Set(['JPEG', 'PDF']))).toBe(
      'FILE_KIND_NOT_TAKEN',
    );
    expect(await judged('MP3', 'lift.jpg', undefined, new Set(['JPEG', 'PDF']))).toBe('FILE_DISGUISED');
  });
});

it('the kinds that can be taken are none that a browser carries out', () => {
  const types = Object.values(fileKinds).map(({ contentType }) => contentType);
  expect(types.filter((type) => /html|svg|xml$|script|macro/i.test(type))).toEqual([]);
  expect(new Set(types).size).toBe(types.length);
});
