import { closeSync, openSync, renameSync, fstatSync, writeSync } from 'node:fs';

/** A log of limited size: full, it becomes `<file>.1` in place of the one before, and a new one begins. */
export class LogFile {
  private descriptor: number;
  private size: number;
  private troubled = false;

  /**
   * @param limit in bytes
   * @param onTrouble told once when lines cannot be written, such as to a full disk; they are lost then
   * @throws Error of the file system if it cannot be opened
   */
  constructor(
    private readonly file: string,
    private readonly limit: number,
    private readonly onTrouble: (error: Error) => void,
  ) {
    this.descriptor = openSync(file, 'a', 0o600);
    this.size = fstatSync(this.descriptor).size;
  }

  /** Written at once: what a process said before it was killed is there. */
  write(line: string): void {
    try {
      if (this.size > 0 && this.size + Buffer.byteLength(line) > this.limit) this.turn();
      this.size += writeSync(this.descriptor, line);
    } catch (error) {
      if (!this.troubled) this.onTrouble(error as Error);
      this.troubled = true;
    }
  }

  /** Lines that still come are lost. */
  close(): void {
    this.troubled = true;
    closeSync(this.descriptor);
    this.descriptor = -1;
  }

  private turn(): void {
    renameSync(this.file, `${this.file}.1`);
    const full = this.descriptor;
    this.descriptor = openSync(this.file, 'a', 0o600);
    this.size = 0;
    closeSync(full);
  }
}
