import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { faultReport, type Cipher, type Permission, type Principal } from '@anju/access';
import type { Logger } from '@anju/http';
import { DirectoryStore } from './directory-store';
import { fileDesk } from './file-desk';
import { FileRegister, keptUnusedHours } from './file-register';
import type { FileSettings } from './file-settings';
import type { FileStore } from './file-store';
import type { FilesHandler } from './files-endpoint';
import { Reception } from './receive-file';

export interface FileKeepingOptions {
  readonly dataSource: DataSource;
  readonly cipher: Cipher;
  readonly logger: Logger;
  /** Of the service: a folder of its own in what it shares with others. */
  readonly service: string;
  readonly settings: FileSettings;
  readonly uploading: Permission;
  readonly reading: Permission;
}

/** What a service needs to keep files. */
export interface FileKeeping {
  readonly register: FileRegister;
  readonly handler: FilesHandler<Principal>;
  /** Removes now and then what nobody uses any more, and seals anew what has the seal of an older key. */
  readonly sweeper: FileSweeper;
}

const everyMillis = 60 * 60 * 1_000;
/** A new data key comes with a start; what comes in then goes first. */
const firstAfterMillis = 60_000;

function openStore({ settings, service }: FileKeepingOptions, folder: string): FileStore {
  const { filesUrl } = settings;
  if (!filesUrl) return new DirectoryStore(folder);
  // The client of S3 is large, and most installations have no use for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const { S3Store } = require('./s3-store') as typeof import('./s3-store');
  return new S3Store({ ...filesUrl, prefix: `${filesUrl.prefix}${service}/` });
}

/** Sweeps for as long as its service runs, and closes the store behind it. */
export class FileSweeper {
  private first: NodeJS.Timeout | undefined;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();
  private closing = false;
  private left: ReadonlyMap<string, number> = new Map();

  constructor(
    private readonly register: FileRegister,
    private readonly reception: Reception,
    private readonly store: FileStore,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.first = setTimeout(() => this.begin(), firstAfterMillis).unref();
    this.timer = setInterval(() => this.begin(), everyMillis).unref();
  }

  async sweep(): Promise<void> {
    const { files, contents } = await this.register.sweep();
    // The file system goes by the machine's clock, whatever the platform's is.
    const left = await this.reception.clear(new Date(Date.now() - keptUnusedHours * 3_600_000));
    if (files + contents + left > 0) this.logger.info({ files, contents, left }, 'unused files were removed');
  }

  /** Seals by the current data key what an older one has sealed, until all is done or the service ends. */
  async reseal(): Promise<void> {
    let after = '';
    const done = { sealed: 0, failed: 0 };
    while (!this.closing) {
      const next = await this.register.resealNext(after, (content) => this.reception.seal(content));
      if (!next) break;
      after = next.key;
      done[next.fault === null ? 'sealed' : 'failed'] += 1;
      if (next.fault !== null) {
        const { key } = next;
        this.logger.error({ key, fault: faultReport(next.fault) }, 'a file cannot be sealed anew');
      }
    }
    const left = await this.register.countOfOlderKeys();
    this.left = new Map([['stored_content', left]]);
    if (done.sealed + done.failed === 0) return;
    this.logger.info({ ...done, left }, 'files were sealed with the current data key');
  }

  /** Contents of older keys, as of the last round; nothing before it. */
  sealedByOlderKeys(): ReadonlyMap<string, number> {
    return this.left;
  }

  async close(): Promise<void> {
    this.closing = true;
    clearTimeout(this.first);
    clearInterval(this.timer);
    await this.running;
    this.store.close();
  }

  private begin(): void {
    this.running = this.running
      .then(() => this.sweep())
      .catch((error: unknown) => this.failed(error, 'unused files could not be removed'))
      .then(() => this.reseal())
      .catch((error: unknown) => this.failed(error, 'files could not be sealed anew'));
  }

  private failed(error: unknown, what: string): void {
    this.logger.error({ fault: faultReport(error) }, what);
  }
}

/** Opens what a service keeps files with. Nothing is read or made before the first file comes. */
export function openFileKeeping(options: FileKeepingOptions): FileKeeping {
  const { dataSource, cipher, logger, settings, service, uploading, reading } = options;
  const folder = join(settings.filesDir, service);
  const store = openStore(options, folder);
  const register = new FileRegister(dataSource, store, cipher);
  const reception = new Reception(folder, cipher, settings.filesLargestBytes);
  const { filesKinds: kinds, filesUploadsAtOnce: uploadsAtOnce } = settings;
  const handler = fileDesk({ register, reception, kinds, uploadsAtOnce, uploading, reading });
  return { register, handler, sweeper: new FileSweeper(register, reception, store, logger) };
}
