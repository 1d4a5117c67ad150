/** Something that whoever runs the process has to mend; shown as it is, without a stack. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
