import { crc32 } from 'node:zlib';

/** One entry of an archive, as it is. */
function entry(
  name: string,
  content: string,
): { readonly local: Buffer; readonly central: (at: number) => Buffer } {
  const [path, body] = [Buffer.from(name), Buffer.from(content)];
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(crc32(body), 10);
  common.writeUInt32LE(body.length, 14);
  common.writeUInt32LE(body.length, 18);
  common.writeUInt16LE(path.length, 22);
  const central = (at: number): Buffer => {
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    return Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, rest, path]);
  };
  return { local: Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, path, body]), central };
}

/** A ZIP archive of texts. */
export function archive(...texts: readonly (readonly [name: string, content: string])[]): Buffer {
  const entries = texts.map(([name, content]) => entry(name, content));
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const { local, central } of entries) {
    locals.push(local);
    centrals.push(central(at));
    at += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

function officeDocument(mainType: string, before: readonly (readonly [string, string])[] = []): Buffer {
  const types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="application/vnd.openxmlformats-officedocument.${mainType}.main+xml"/></Types>`;
  return archive(...before, ['[Content_Types].xml', types], ['main.xml', '<main/>']);
}

/** The beginnings of real files of each kind, as far as they say what they are. */
export const sampleFiles = {
  JPEG: Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb0043000302020302020303030304', 'hex'),
  PNG: Buffer.from(
    '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082',
    'hex',
  ),
  GIF: Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'),
  WEBP: Buffer.from('RIFF\x1a\0\0\0WEBPVP8 ', 'latin1'),
  HEIC: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
  BMP: Buffer.from(`BM${'\0'.repeat(60)}`, 'latin1'),
  PDF: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'),
  DOCX: officeDocument('wordprocessingml.document'),
  XLSX: officeDocument('spreadsheetml.sheet'),
  PPTX: officeDocument('presentationml.presentation'),
  DOC: Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
  MP3: Buffer.concat([
    Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'),
    Buffer.from('fffb9064', 'hex'),
    Buffer.alloc(400),
  ]),
  WAV: Buffer.from('RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0', 'latin1'),
  M4A: Buffer.from('\0\0\0\x18ftypM4A \0\0\0\0M4A mp42', 'latin1'),
  AMR: Buffer.from('#!AMR\n\x3c\x91\x17', 'latin1'),
  TXT: Buffer.from('电梯又停了。\r\n三天内第二次。\n'),
  /** A document whose first part is as large as a photograph. */
  DOCX_LATE: officeDocument('wordprocessingml.document', [['word/media/image1.bin', 'x'.repeat(300_000)]]),
  /** 安居 in GB 18030. */
  GB18030: Buffer.from('b0b2bed30a', 'hex'),
  /** What is not taken. */
  EXE: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]),
  ZIP: archive(['a.txt', 'a']),
  SVG: Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  MACROS: archive([
    '[Content_Types].xml',
    '<Types><Override PartName="/m.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
  ]),
  NOISE: Buffer.from('00ff13c700015b9e80fe', 'hex'),
} as const;
