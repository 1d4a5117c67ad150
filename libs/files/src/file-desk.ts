import { pipeline } from 'node:stream/promises';
import { mayIn, type Permission, type Principal } from '@anju/access';
import { badInput, forbidden, notFound } from '@anju/commands';
import { ClientGone, HttpRefused, sendJson } from '@anju/http';
import { isId } from '@anju/kernel';
import { attachmentDisposition, cleanFileName, fileNameIn } from './file-name';
import { fileKinds, type FileKindName } from './file-kinds';
import { fileRefused } from './file-refusals';
import type { FileRegister, KeptFile } from './file-register';
import type { FilesExchange, FilesHandler } from './files-endpoint';
import { declaredType, judgeContent } from './judge-content';
import type { Reception } from './receive-file';
import { UploadGate } from './upload-gate';

export interface FileDeskOptions {
  readonly register: FileRegister;
  readonly reception: Reception;
  readonly kinds: readonly FileKindName[];
  /** How many uploads are taken in at the same time. */
  readonly uploadsAtOnce: number;
  /** In the project for which a file is uploaded. */
  readonly uploading: Permission;
  /** In the project of what a file belongs to. */
  readonly reading: Permission;
}

type Exchange = FilesExchange<Principal>;

/** Loaded with the first upload: it takes its time, and most processes never see one. */
function recogniser(): typeof import('./recognise-content') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  return require('./recognise-content') as typeof import('./recognise-content');
}

/** Takes files in and gives them out again, for one service. */
class FileDesk {
  private readonly kinds: ReadonlySet<FileKindName>;
  private readonly gate: UploadGate;

  constructor(private readonly options: FileDeskOptions) {
    this.kinds = new Set(options.kinds);
    this.gate = new UploadGate(options.uploadsAtOnce);
  }

  async handle(exchange: Exchange): Promise<void> {
    const { request, rest } = exchange;
    const allowed = rest === '' ? ['POST'] : ['GET', 'HEAD'];
    if (!allowed.includes(request.method ?? '')) {
      const problem = rest === '' ? 'FILES_TAKE_POST' : 'FILES_TAKE_GET';
      throw new HttpRefused('METHOD_NOT_ALLOWED', problem, { headers: { allow: allowed.join(', ') } });
    }
    await (rest === '' ? this.upload(exchange) : this.download(exchange));
  }

  private async upload({ request, response, principal, search }: Exchange): Promise<void> {
    const projectId = search.get('project') ?? '';
    if (!isId(projectId)) {
      throw badInput({ field: 'project', problem: 'is missing or no id', expected: 'the id of a project' });
    }
    if (!mayIn(principal, this.options.uploading, projectId)) {
      throw forbidden(this.options.uploading, 'PROJECT');
    }
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
      throw new HttpRefused('BAD_REQUEST', 'BODY_ENCODED');
    }
    const given = cleanFileName(fileNameIn(request.headers['content-disposition']) ?? '');
    if (given === null) throw fileRefused('FILE_NAME_NOT_USABLE', {});
    const kept = await this.gate.pass(principal.staffId, () =>
      this.takeIn(request, { given, projectId, by: principal.staffId }),
    );
    sendJson(response, 201, kept);
  }

  /** @returns the file as the client is told of it */
  private async takeIn(
    request: Exchange['request'],
    { given, projectId, by }: { readonly given: string; readonly projectId: string; readonly by: string },
  ): Promise<Omit<KeptFile, 'projectId'>> {
    const received = await this.options.reception.receive(request);
    try {
      const recognised = await recogniser().recogniseContent(() => received.open());
      const declared = declaredType(request.headers['content-type']);
      const { kind, name } = judgeContent({ name: given, declared }, recognised, this.kinds);
      const { contentType } = fileKinds[kind];
      const upload = { projectId, name, contentType, by };
      const { id, size } = await this.options.register.keep(received, upload);
      return { id, name, contentType, size };
    } finally {
      await received.discard();
    }
  }

  private async download({ request, response, principal, rest }: Exchange): Promise<void> {
    const file = isId(rest) ? await this.options.register.find(rest) : null;
    if (!file || !mayIn(principal, this.options.reading, file.projectId)) throw notFound('File', rest);
    // Opened first: a content that is not there is told as a fault.
    const content = request.method === 'GET' ? await this.options.register.open(file) : null;
    response.writeHead(200, {
      'content-type': file.contentType,
      'content-length': file.size,
      'content-disposition': attachmentDisposition(file.name),
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    });
    if (!content) {
      response.end();
      return;
    }
    try {
      await pipeline(content, response);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') throw new ClientGone();
      throw error;
    }
  }
}

/** The addresses of a service's files: `POST` with `?project=<id>` uploads one, `GET` with a file's id reads it. */
export function fileDesk(options: FileDeskOptions): FilesHandler<Principal> {
  const desk = new FileDesk(options);
  return (exchange) => desk.handle(exchange);
}
