import { z } from 'zod';
import { roles, type LocalAccount } from '@anju/access';
import { dataFiles, readDataFile, writeDataFile } from './data-directory';

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

/** The accounts of this data directory; empty before the first start. @throws CannotStart if damaged */
export function readAccounts(dataDir: string): DemoAccount[] {
  return readDataFile(dataDir, dataFiles.accounts, accountsSchema) ?? [];
}

/** Replaces the accounts in one step, so that a reader never sees half of them. */
export function writeAccounts(dataDir: string, accounts: readonly DemoAccount[]): void {
  writeDataFile(dataDir, dataFiles.accounts, accounts);
}
