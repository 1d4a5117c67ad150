import { filesByPlace } from './files-by-place';
import type { FilesExchange, FilesHandler } from './files-endpoint';

const seen: string[] = [];
const handler =
  (name: string): FilesHandler<null> =>
  async ({ rest }) => {
    seen.push(`${name}: ${rest}`);
  };
const places = { 'report.pdf': handler('report'), 'documents/': handler('documents') };

function ask(rest: string, others?: FilesHandler<null>): Promise<void> {
  return filesByPlace(places, others)({ rest } as FilesExchange<null>);
}

describe('the places of files', () => {
  beforeEach(() => seen.splice(0));

  it.each([
    ['report.pdf', 'report: report.pdf'],
    ['documents/1/D1.pdf', 'documents: documents/1/D1.pdf'],
    ['documents/', 'documents: documents/'],
    ['documents', 'others: documents'],
    ['report.pdf/', 'others: report.pdf/'],
    ['toString', 'others: toString'],
    ['', 'others: '],
  ])('%s is answered by %s', async (rest, answered) => {
    await ask(rest, handler('others'));
    expect(seen).toEqual([answered]);
  });

  it('have nothing elsewhere where nothing else is kept', async () => {
    await expect(ask('letter.pdf')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
