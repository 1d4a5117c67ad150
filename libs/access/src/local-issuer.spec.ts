import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalIssuer } from './local-issuer';
import { tokenVerifier } from './token';

const settings = { issuer: 'anju-local', audience: 'anju' };
const account = {
  account: 'lin.fang',
  staffId: '019ca000-0000-7000-8000-000000000002',
  roles: [{ role: 'SERVICE_SUPERVISOR', projectIds: 'ALL' }],
} as const;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'anju-issuer-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('the local issuer', () => {
  it('keeps its key over restarts', async () => {
    const first = await openLocalIssuer({ directory, ...settings });
    const second = await openLocalIssuer({ directory, ...settings });
    const verifier = tokenVerifier({ ...settings, keys: { jwks: second.jwks } });
    const principal = await verifier.verify(`Bearer ${await first.issue(account)}`);
    expect(principal.account).toBe('lin.fang');
    expect(principal.roles).toEqual(account.roles);
  });

  it('publishes the public half only', async () => {
    const { jwks } = await openLocalIssuer({ directory, ...settings });
    expect(Object.keys(jwks.keys[0]!)).not.toContain('d');
  });

  it('lets nobody else read the key, and narrows a file that was opened up', async () => {
    await openLocalIssuer({ directory, ...settings });
    const file = join(directory, 'issuer-key.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o644);
    await openLocalIssuer({ directory, ...settings });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('says which file is damaged, and not what is in it', async () => {
    const file = join(directory, 'issuer-key.json');
    writeFileSync(file, '{"kty":"EC","d":"secret-part"');
    const error = await openLocalIssuer({ directory, ...settings }).catch(String);
    expect(error).toContain(file);
    expect(error).not.toContain('secret-part');
  });
});
