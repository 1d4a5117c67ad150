/** What is to be done, the earliest first, and of the same moment in the order in which it was put in. */
export class TimeQueue<What> {
  private readonly heap: { readonly at: number; readonly order: number; readonly what: What }[] = [];
  private count = 0;

  add(at: number, what: What): void {
    const { heap } = this;
    heap.push({ at, order: (this.count += 1), what });
    for (let place = heap.length - 1; place > 0;) {
      const above = (place - 1) >> 1;
      if (!this.isBefore(place, above)) return;
      this.swap(place, above);
      place = above;
    }
  }

  /** Takes the earliest out; null when nothing is left. */
  take(): { readonly at: number; readonly what: What } | null {
    const { heap } = this;
    const first = heap[0];
    if (!first) return null;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    heap[0] = last;
    for (let place = 0; ;) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      let least = place;
      if (left < heap.length && this.isBefore(left, least)) least = left;
      if (right < heap.length && this.isBefore(right, least)) least = right;
      if (least === place) return first;
      this.swap(place, least);
      place = least;
    }
  }

  private isBefore(one: number, other: number): boolean {
    const [a, b] = [this.heap[one]!, this.heap[other]!];
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  private swap(one: number, other: number): void {
    const { heap } = this;
    [heap[one], heap[other]] = [heap[other]!, heap[one]!];
  }
}
