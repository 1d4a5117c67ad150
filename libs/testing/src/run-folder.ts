/** Where a test run keeps what its files have in common; set by the projects' global setup. */
export const runFolderVariable = 'ANJU_TEST_FOLDER';

/** A folder that all files of this test run have in common; it goes with the run. */
export function runFolder(): string {
  const folder = process.env[runFolderVariable];
  if (!folder) throw new Error('no common folder here: only integration tests and journeys have one');
  return folder;
}
