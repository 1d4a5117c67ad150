/** Whether nothing was written, or only white space. */
export function isBlank(text: string | null | undefined): boolean {
  return !text || text.trim() === '';
}
