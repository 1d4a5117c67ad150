import { setTimeout as sleep } from 'node:timers/promises';
import type { Principal } from '@anju/access';
import type { DirectoryUnderTest } from './directory-under-test';

export interface ImportReport {
  readonly id: string;
  readonly code?: string;
  readonly status: string;
  readonly encoding: string | null;
  readonly failure: string | null;
  readonly totalLines: number | null;
  readonly processedLines: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly badLines: number;
  readonly newBuildings: number;
  readonly newSections: number;
  readonly problems: {
    readonly totalCount: number;
    readonly nodes: readonly { line: number; column: string; reason: string; expected: string }[];
  };
}

const report = `id status encoding failure totalLines processedLines created changed unchanged badLines newBuildings
  newSections problems(first: 50) { totalCount nodes { line column reason expected } }`;

const ended = ['DONE', 'REFUSED', 'FAILED', 'ABANDONED'];
export const partBytes = 256 * 1024;

/** Imports as a client does: in parts, then asking until it is over. */
export class ImportClient {
  constructor(
    private readonly under: DirectoryUnderTest,
    private readonly who: Principal,
    private readonly projectId: string,
  ) {}

  start(kind: string, more: object = {}, who = this.who): Promise<{ id: string }> {
    const input = { kind, projectId: this.projectId, fileName: '表.csv', ...more };
    return this.under.command(who, 'startImport', 'Import', input);
  }

  append(id: string, index: number, content: Buffer, who = this.who): Promise<{ id: string; code?: string }> {
    const input = { id, index, contentBase64: content.toString('base64') };
    return this.under.command(who, 'appendToImport', 'Import', input);
  }

  async upload(kind: string, content: Buffer, more: object = {}): Promise<string> {
    const { id } = await this.start(kind, more);
    for (let index = 0; index * partBytes < content.length; index += 1) {
      await this.append(id, index, content.subarray(index * partBytes, (index + 1) * partBytes));
    }
    return id;
  }

  run(id: string): Promise<{ id: string; code?: string }> {
    return this.under.command(this.who, 'runImport', 'Import', { id });
  }

  async report(id: string): Promise<ImportReport> {
    const query = `query($id: ID!) { import(id: $id) { ${report} } }`;
    return (await this.under.read<{ import: ImportReport }>(this.who, query, { id })).import;
  }

  async end(id: string): Promise<ImportReport> {
    for (;;) {
      const now = await this.report(id);
      if (ended.includes(now.status)) return now;
      await sleep(25);
    }
  }

  async import(kind: string, content: string | Buffer, more: object = {}): Promise<ImportReport> {
    const id = await this.upload(kind, Buffer.from(content), more);
    await this.run(id);
    return this.end(id);
  }
}
