import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { roles, type LocalAccount } from '@anju/access';

/** A person who can sign in at the local issuer, as the demonstration shows him. */
export interface DemoAccount extends LocalAccount {
  readonly name: string;
  /** What he is, in the business's words. */
  readonly title: string;
}

const accountsSchema = z.array(
  z.object({
    account: z.string(),
    staffId: z.uuid(),
    name: z.string(),
    title: z.string(),
    roles: z.array(
      z.object({ role: z.enum(roles), projectIds: z.union([z.literal('ALL'), z.array(z.uuid())]) }),
    ),
  }),
);

function fileIn(dataDir: string): string {
  return join(dataDir, 'accounts.json');
}

/** The accounts of this data directory; empty before the first start. */
export function readAccounts(dataDir: string): DemoAccount[] {
  const file = fileIn(dataDir);
  return existsSync(file) ? accountsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
}

/** Replaces the accounts in one step, so that a reader never sees half of them. */
export function writeAccounts(dataDir: string, accounts: readonly DemoAccount[]): void {
  const file = fileIn(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
