import { createHash } from 'node:crypto';
import { watch, type FSWatcher } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { faultReport } from '@anju/access';
import type { Logger } from '@anju/http';
import type { GatewayMetrics } from './metrics';

/** Editors and deployments change a file in several steps; it is read once they are done. */
const settleMillis = 100;

export interface SupergraphFileOptions {
  readonly file: string;
  readonly checkMillis?: number;
  readonly logger: Logger;
  readonly metrics: Pick<GatewayMetrics, 'supergraphLoaded'>;
}

/**
 * The composed supergraph on disk. Watches its folder, because a deployment replaces the file or the link to
 * it, and looks by itself now and then, because not every file system tells.
 */
export class SupergraphFile {
  private readonly file: string;
  private seenHash = '';
  private watcher: FSWatcher | undefined;
  private interval: NodeJS.Timeout | undefined;
  private settling: NodeJS.Timeout | undefined;
  private take: ((sdl: string) => void) | undefined;
  private unreadable = false;

  constructor(private readonly options: SupergraphFileOptions) {
    this.file = resolve(options.file);
  }

  /** @throws Error naming the file if it cannot be read or is empty */
  async read(): Promise<string> {
    let sdl: string;
    try {
      sdl = await readFile(this.file, 'utf8');
    } catch (error) {
      throw new Error(`the supergraph ${this.file} cannot be read`, { cause: error });
    }
    if (sdl.trim() === '') throw new Error(`the supergraph ${this.file} is empty`);
    this.seenHash = hashOf(sdl);
    return sdl;
  }

  /** @param take uses a changed supergraph from now on; throws if it cannot, and then goes on with the old one */
  follow(take: (sdl: string) => void): void {
    this.take = take;
    this.interval = setInterval(() => void this.check(), this.options.checkMillis ?? 10_000);
    this.interval.unref();
    try {
      // Any change in the folder: behind a link, the name that changes is another one.
      this.watcher = watch(dirname(this.file), { persistent: false }, () => this.settle());
      this.watcher.on('error', () => this.watcher?.close());
    } catch (error) {
      this.options.logger.debug(
        { fault: faultReport(error) },
        'the folder of the supergraph cannot be watched',
      );
    }
  }

  close(): void {
    this.take = undefined;
    clearInterval(this.interval);
    clearTimeout(this.settling);
    this.watcher?.close();
  }

  private settle(): void {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => void this.check(), settleMillis);
    this.settling.unref();
  }

  private async check(): Promise<void> {
    let sdl: string;
    try {
      sdl = await readFile(this.file, 'utf8');
      this.unreadable = false;
    } catch (error) {
      if (!this.unreadable) this.refused(error);
      this.unreadable = true;
      return;
    }
    const hash = hashOf(sdl);
    if (hash === this.seenHash || !this.take) return;
    // Remembered even if it is refused: one broken file is one line in the log.
    this.seenHash = hash;
    try {
      this.take(sdl);
    } catch (error) {
      this.refused(error);
      return;
    }
    this.options.metrics.supergraphLoaded('taken');
    this.options.logger.info({ file: basename(this.file), hash }, 'a changed supergraph is in use');
  }

  private refused(error: unknown): void {
    if (!this.take) return;
    this.options.metrics.supergraphLoaded('refused');
    const reason = error instanceof Error ? error.message.slice(0, 500) : typeof error;
    this.options.logger.error(
      { file: basename(this.file), reason },
      'the supergraph file cannot be used; the one before stays in use',
    );
  }
}

function hashOf(sdl: string): string {
  return createHash('sha256').update(sdl).digest('hex').slice(0, 16);
}
