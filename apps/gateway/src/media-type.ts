/** The two forms of a GraphQL answer over HTTP; the older one says 200 to nearly everything. */
export type AnswerType = 'application/json' | 'application/graphql-response+json';

const answerTypes: readonly AnswerType[] = ['application/json', 'application/graphql-response+json'];

interface MediaRange {
  readonly range: string;
  readonly quality: number;
}

function mediaRanges(accept: string): MediaRange[] {
  return accept.split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    const value = quality === undefined ? 1 : Number(quality.slice(2));
    return { range, quality: value >= 0 && value <= 1 ? value : 0 };
  });
}

function specificity(range: string, type: AnswerType): number {
  if (range === type) return 2;
  if (range === 'application/*') return 1;
  return range === '*/*' ? 0 : -1;
}

/**
 * The media type to answer with, by the client's `Accept` header (RFC 9110, 12.5.1).
 * @returns null if the client accepts neither
 */
export function answerTypeFor(accept: string | undefined): AnswerType | null {
  if (accept === undefined || accept.trim() === '') return 'application/json';
  const ranges = mediaRanges(accept);
  const candidates = answerTypes.flatMap((type) => {
    const matches = ranges
      .map(({ range, quality }, position) => ({ quality, position, specific: specificity(range, type) }))
      .filter(({ specific }) => specific >= 0)
      .sort((a, b) => b.specific - a.specific);
    const best = matches[0];
    return best && best.quality > 0 ? [{ type, ...best }] : [];
  });
  candidates.sort((a, b) => b.quality - a.quality || b.specific - a.specific || a.position - b.position);
  return candidates[0]?.type ?? null;
}

/** Whether a person's browser asks for a page rather than a program for data. */
export function prefersPage(accept: string | undefined): boolean {
  return (
    accept !== undefined &&
    mediaRanges(accept).some(({ range, quality }) => range === 'text/html' && quality > 0)
  );
}
