import type { Readable } from 'node:stream';
import { fileTypeFromStream } from 'file-type/node';
import type { Recognised } from './judge-content';

/** As text files are written in China: most in UTF-8, those of older programs in GB 18030. */
const encodings = ['utf-8', 'gb18030'] as const;
/** No text has them; tabs, ends of lines and pages are some. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const control = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/;

async function isTextIn(encoding: (typeof encodings)[number], content: Readable): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      if (control.test(decoder.decode(chunk, { stream: true }))) return false;
    }
    return !control.test(decoder.decode());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  } finally {
    content.destroy();
  }
}

/**
 * What a file is by its bytes. It is read from its beginning as far as that takes, and never held as a whole.
 * @param open the content, as often as it is asked for
 */
export async function recogniseContent(open: () => Readable): Promise<Recognised> {
  const content = open();
  try {
    const found = await fileTypeFromStream(content);
    // `audio/ogg; codecs=opus`
    if (found) return { as: found.mime.split(';')[0]! };
  } finally {
    content.destroy();
  }
  for (const encoding of encodings) {
    if (await isTextIn(encoding, open())) return 'TEXT';
  }
  return 'UNKNOWN';
}
