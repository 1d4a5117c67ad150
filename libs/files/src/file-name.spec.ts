import fc from 'fast-check';
import { attachmentDisposition, cleanFileName, extensionOf, fileNameIn } from './file-name';

describe('a file’s name', () => {
  it.each<[string, string, string | null]>([
    ['stays as people write it', '电梯 故障（6栋）.jpg', '电梯 故障（6栋）.jpg'],
    ['is no path', '../../etc/passwd', 'passwd'],
    ['is no path of Windows', 'C:\\Users\\wang\\照片.png', '照片.png'],
    ['does not turn the direction of writing', 'report\u202Egpj.exe', 'reportgpj.exe'],
    ['has nothing in it that cannot be seen', 'a\u200Bb\uFEFFc\u2060\u00AD.pdf', 'abc.pdf'],
    ['has no control characters', 'a\u0000b\r\nSet-Cookie: x\u007F.pdf', 'ab Set-Cookie_ x.pdf'],
    ['is not hidden', '...bashrc', 'bashrc'],
    ['ends in no dot or space', 'letter.doc. . ', 'letter.doc'],
    ['is no machine', 'NUL.txt', '_NUL.txt'],
    ['has nothing that a shell takes for something else', 'a<b>c:"d|e?f*.txt', 'a_b_c__d_e_f_.txt'],
    ['is one sequence of characters however it was typed', 'Cafe\u0301.txt', 'Caf\u00E9.txt'],
    ['is not there', '', null],
    ['is nothing but dots', '../..', null],
    ['is nothing that can be seen', '\u202E\u200B', null],
    ['has half a character', 'a\uD800b.txt', 'ab.txt'],
  ])('%s', (_what, given, clean) => {
    expect(cleanFileName(given)).toBe(clean);
  });

  it('is not longer than 80 characters, and keeps its extension', () => {
    const name = cleanFileName(`${'长'.repeat(300)}.JPG`)!;
    expect([...name]).toHaveLength(80);
    expect(name.endsWith('长.JPG')).toBe(true);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    expect([...cleanFileName(`a.${'b'.repeat(300)}`)!]).toHaveLength(80);
  });

  it('is clean however it was given, and cleaning again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (given) => {
        const clean = cleanFileName(given);
        if (clean === null) return;
        expect(clean).not.toMatch(/[/\\\p{Cc}\p{Cf}<>:"|?*]|^[.\s]|^$/u);
        expect([...clean].length).toBeLessThanOrEqual(81);
        expect(cleanFileName(clean)).toBe(clean);
      }),
    );
  });

  it.each([
    ['photo.JPEG', 'jpeg'],
    ['archive.tar.gz', 'gz'],
    ['letter', null],
    ['letter.', null],
    ['.profile', null],
  ])('%s has the extension %s', (name, extension) => {
    expect(extensionOf(name)).toBe(extension);
  });
});

describe('the name in a Content-Disposition', () => {
  it.each<[string | undefined, string | null]>([
    ["attachment; filename*=UTF-8''%E7%94%B5%E6%A2%AF.jpg", '电梯.jpg'],
    ['attachment; filename="lift.jpg"; filename*=utf-8\'zh\'%E7%94%B5.jpg', '电.jpg'],
    ['attachment; filename="a \\"b\\".txt"', 'a "b".txt'],
    ['form-data; name="file"; filename=lift.jpg', 'lift.jpg'],
    [`attachment; filename="${Buffer.from('电梯.jpg').toString('latin1')}"`, '电梯.jpg'],
    ["attachment; filename*=UTF-8''%E7%94", null],
    ['attachment', null],
    [undefined, null],
  ])('%s → %s', (header, name) => {
    expect(fileNameIn(header)).toBe(name);
  });

  it('that is given for saving is read again as it was, and can end no header', () => {
    expect(attachmentDisposition('电梯(1).jpg')).toBe(
      'attachment; filename="__(1).jpg"; filename*=UTF-8\'\'%E7%94%B5%E6%A2%AF%281%29.jpg',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (given) => {
        const name = cleanFileName(given);
        if (name === null) return;
        const header = attachmentDisposition(name);
        expect(header).toMatch(/^[\x20-\x7e]+$/);
        expect(fileNameIn(header)).toBe(name);
      }),
    );
  });
});
