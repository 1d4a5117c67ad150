import 'reflect-metadata';
import { openLocalIssuer } from '@anju/access';
import { dataDirectory, localIdentity, readAccounts } from '@anju/demonstration';

/** Prints a bearer token for a demo account, and nothing else. */
async function main(dataDir: string, name: string | undefined): Promise<void> {
  const accounts = readAccounts(dataDir);
  const account = accounts.find((one) => one.account === name);
  if (!account) {
    const known = accounts.map((one) => one.account).join(', ') || 'none yet: run npm start first';
    throw new Error(
      `${name ? `there is no account ${name}` : 'npm run token -- <account>'}; accounts: ${known}`,
    );
  }
  const issuer = await openLocalIssuer({ directory: dataDir, ...localIdentity });
  process.stdout.write(`${await issuer.issue(account)}\n`);
}

main(dataDirectory(process.env), process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
