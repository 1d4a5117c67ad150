import fs, {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOrCreateSecretFile } from './secret-file';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'anju-secret-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('a file of secrets', () => {
  it('is made once, with its folder, for its owner only', () => {
    const file = join(directory, 'below', 'keys.json');
    expect(readOrCreateSecretFile(file, () => 'first')).toBe('first');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readOrCreateSecretFile(file, () => 'second')).toBe('first');
    expect(readdirSync(join(directory, 'below'))).toEqual(['keys.json']);
  });

  it('is the other process’s when that one was faster', () => {
    const file = join(directory, 'keys.json');
    const content = readOrCreateSecretFile(file, () => {
      writeFileSync(file, 'theirs');
      return 'ours';
    });
    expect(content).toBe('theirs');
    expect(readFileSync(file, 'utf8')).toBe('theirs');
  });

  it('is not there after a process was killed while making it', () => {
    const file = join(directory, 'keys.json');
    expect(() =>
      readOrCreateSecretFile(file, () => {
        throw new Error('out of entropy');
      }),
    ).toThrow('out of entropy');
    expect(readdirSync(directory)).not.toContain('keys.json');
  });

  it('is taken from others when they can read it, where that can be done', () => {
    const file = join(directory, 'keys.json');
    writeFileSync(file, 'content');
    chmodSync(file, 0o644);
    expect(readOrCreateSecretFile(file, () => 'new')).toBe('content');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each(['EROFS', 'EPERM'])('is read as it is where its mode cannot be changed (%s)', (code) => {
    const file = join(directory, 'keys.json');
    writeFileSync(file, 'mounted');
    chmodSync(file, 0o444);
    const refused = jest.spyOn(fs, 'chmodSync').mockImplementation(() => {
      throw Object.assign(new Error(code), { code });
    });
    try {
      expect(readOrCreateSecretFile(file, () => 'new')).toBe('mounted');
      expect(refused).toHaveBeenCalled();
    } finally {
      refused.mockRestore();
    }
  });

  it('fails where it cannot be made, naming the place', () => {
    const file = join(directory, 'a-file');
    writeFileSync(file, '');
    expect(() => readOrCreateSecretFile(join(file, 'keys.json'), () => 'x')).toThrow('a-file');
  });
});
