import { Client } from 'pg';

const attempts = 4;

/**
 * How many statements some work sends to PostgreSQL. What goes on beside it, such as the reading of the outbox, is in
 * some of the counts and not in the least of several.
 * @param work carried out several times
 */
export async function leastStatements(work: () => Promise<unknown>): Promise<number> {
  const statements = jest.spyOn(Client.prototype, 'query');
  try {
    const counts: number[] = [];
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      statements.mockClear();
      await work();
      counts.push(statements.mock.calls.length);
    }
    return Math.min(...counts);
  } finally {
    statements.mockRestore();
  }
}
