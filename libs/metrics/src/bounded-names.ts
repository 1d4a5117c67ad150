/** Names that others choose, as values of a label: after so many different ones the rest are counted together. */
export class BoundedNames {
  private readonly names = new Set<string>();

  constructor(private readonly most: number) {}

  /** @param name null for none */
  labelOf(name: string | null): string {
    if (name === null) return 'unnamed';
    if (this.names.size < this.most) this.names.add(name);
    return this.names.has(name) ? name : 'other';
  }
}
