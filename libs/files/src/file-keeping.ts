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
  /** Removes now and then what nobody uses any more. */
  readonly sweeper: FileSweeper;
}

const everyMillis = 60 * 60 * 1_000;

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
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly register: FileRegister,
    private readonly reception: Reception,
    private readonly store: FileStore,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running = this.sweep().catch((error: unknown) =>
        this.logger.error({ fault: faultReport(error) }, 'unused files could not be removed'),
      );
    }, everyMillis);
    this.timer.unref();
  }

  async sweep(): Promise<void> {
    const { files, contents } = await this.register.sweep();
    // The file system goes by the machine's clock, whatever the platform's is.
    const left = await this.reception.clear(new Date(Date.now() - keptUnusedHours * 3_600_000));
    if (files + contents + left > 0) this.logger.info({ files, contents, left }, 'unused files were removed');
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
    this.store.close();
  }
}

/** Opens what a service keeps files with. Nothing is read or made before the first file comes. */
export function openFileKeeping(options: FileKeepingOptions): FileKeeping {
  const { dataSource, cipher, logger, settings, service, uploading, reading } = options;
  const folder = join(settings.filesDir, service);
  const store = openStore(options, folder);
  const register = new FileRegister(dataSource, store, cipher);
  const reception = new Reception(folder, cipher, settings.filesLargestBytes);
  const handler = fileDesk({ register, reception, kinds: settings.filesKinds, uploading, reading });
  return { register, handler, sweeper: new FileSweeper(register, reception, store, logger) };
}
