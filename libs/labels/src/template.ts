import { expectationText } from './expectations';
import type { Locale } from './locale';

/**
 * Templates of messages.
 *
 * `{name}` takes a value from the data; `{missing.clock}` a field of it, or of each entry of a list. A format
 * follows after a colon: `instant` (a point in time, shown in the project's time zone), `money`, `field` (the path
 * of a field of an input, such as `phones.1.number`), `expectation` (what a check expects of an input), or the name of a kind of labels, as in
 * `{status:ComplaintStatus}`. `{problems:[{field}: {expected}]}` writes each
 * entry of a list by a template of its own; `{amount?[, {amount:money}]}` writes its template only where there is
 * something at `amount`. Lists are joined, absent values are a dash. A brace of one's own is doubled: `{{`.
 */
export type Template = readonly Part[];

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly path: readonly string[]; readonly format: string | null }
  | { readonly kind: 'each'; readonly path: readonly string[]; readonly item: Template }
  | { readonly kind: 'present'; readonly path: readonly string[]; readonly item: Template };

/** What rendering needs besides the template. */
export interface Rendering {
  readonly locale: Locale;
  /** IANA name. */
  readonly timeZone: string;
  readonly label: (kind: string, key: string, locale: Locale) => string;
}

const ABSENT = '—';
const NAME = /^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/;
const FORMAT = /^[A-Za-z]\w*$/;

class Parser {
  private at = 0;

  constructor(private readonly source: string) {}

  /** @param inside whether the template stands in `[…]`, which ends it */
  template(inside: boolean): Template {
    const parts: Part[] = [];
    let text = '';
    while (this.at < this.source.length) {
      const character = this.source[this.at]!;
      const doubled = this.source[this.at + 1] === character;
      if ((character === '{' || character === '}') && doubled) {
        text += character;
        this.at += 2;
      } else if (character === '{') {
        if (text) parts.push({ kind: 'text', text });
        text = '';
        parts.push(this.placeholder());
      } else if (character === '}') {
        this.fail('a brace that closes nothing');
      } else if (character === ']' && inside) {
        break;
      } else {
        text += character;
        this.at += 1;
      }
    }
    if (text) parts.push({ kind: 'text', text });
    return parts;
  }

  private placeholder(): Part {
    this.at += 1;
    const name = this.upTo(/[:?}]/);
    if (!NAME.test(name)) this.fail(`not a name: "${name}"`);
    const path = name.split('.');
    if (this.take('}')) return { kind: 'value', path, format: null };
    const kind = this.take('?') ? 'present' : 'each';
    if (kind === 'each') this.take(':');
    if (!this.take('[')) {
      if (kind === 'present') this.fail('"?" without "["');
      const format = this.upTo(/\}/);
      if (!FORMAT.test(format)) this.fail(`not a format: "${format}"`);
      this.take('}');
      return { kind: 'value', path, format };
    }
    const item = this.template(true);
    if (!this.take(']') || !this.take('}')) this.fail('a template that does not end in "]}"');
    return { kind, path, item };
  }

  private take(character: string): boolean {
    if (this.source[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private upTo(end: RegExp): string {
    const length = this.source.slice(this.at).search(end);
    if (length < 0) this.fail('a brace that is not closed');
    const found = this.source.slice(this.at, this.at + length);
    this.at += length;
    return found;
  }

  private fail(problem: string): never {
    throw new Error(`${problem}, at ${this.at} of "${this.source}"`);
  }
}

/** @throws Error that names the place where the text is not a template */
export function parseTemplate(source: string): Template {
  return new Parser(source).template(false);
}

/** One placeholder of a template: which data it takes, and how it shows them. */
export interface Placeholder {
  readonly path: readonly string[];
  readonly format: string | null;
  /** It may be absent: whether it is there decides what is written. */
  readonly optional: boolean;
}

/** All placeholders, those in list items with the path of their list before their own. */
export function placeholdersOf(
  template: Template,
  above: readonly string[] = [],
  optional = false,
): readonly Placeholder[] {
  return template.flatMap((part): readonly Placeholder[] => {
    if (part.kind === 'text') return [];
    const path = [...above, ...part.path];
    if (part.kind === 'value') return [{ path, format: part.format, optional }];
    const condition = { path, format: null, optional: true };
    return part.kind === 'each'
      ? placeholdersOf(part.item, path, optional)
      : [condition, ...placeholdersOf(part.item, above, true)];
  });
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return data;
  if (Array.isArray(data)) return data.map((entry) => valueAt(entry, path));
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, head)) return undefined;
  return valueAt((data as Record<string, unknown>)[head], rest);
}

const separators = {
  values: { 'zh-CN': '、', en: ', ' },
  /** Between entries that may contain commas of their own. */
  entries: { 'zh-CN': '；', en: '; ' },
} as const satisfies Record<string, Record<Locale, string>>;

function joined(texts: readonly string[], locale: Locale, of: keyof typeof separators): string {
  return texts.length === 0 ? ABSENT : texts.join(separators[of][locale]);
}

function instantText(instant: Date, { locale, timeZone }: Rendering): string {
  // hourCycle instead of hour12: the latter writes midnight as 24:00.
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    weekday: 'short',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  const weekday = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'short' }).format(instant);
  return `${part('year')}-${part('month')}-${part('day')} ${weekday} ${part('hour')}:${part('minute')}`;
}

function moneyText(amount: string): string {
  const [whole = '', cents] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `¥${grouped}${cents === undefined ? '' : `.${cents}`}`;
}

/** `phones.1.number` → `Phones 2 Number`: people count from one, as in `goods 2`. */
function fieldText(path: string, { label, locale }: Rendering): string {
  return path
    .split('.')
    .map((segment) => {
      if (/^\d+$/.test(segment)) return String(Number(segment) + 1);
      const [name = '', ...rest] = segment.split(' ');
      return [label('Field', name, locale), ...rest].join(' ');
    })
    .join(' ');
}

/** Answers that were stored come back from JSON, where an instant is a text. */
function instantOf(value: unknown): Date | undefined {
  const instant = value instanceof Date ? value : typeof value === 'string' ? new Date(value) : undefined;
  return instant && !Number.isNaN(instant.getTime()) ? instant : undefined;
}

function isAbsent(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function shown(value: unknown, format: string | null, rendering: Rendering): string {
  if (isAbsent(value)) return ABSENT;
  if (Array.isArray(value)) {
    return joined(
      value.map((entry) => shown(entry, format, rendering)),
      rendering.locale,
      'values',
    );
  }
  if (format === 'instant' || value instanceof Date) {
    const instant = instantOf(value);
    if (instant) return instantText(instant, rendering);
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  switch (format) {
    case null:
    case 'instant':
      return text;
    case 'money':
      return moneyText(text);
    case 'field':
      return fieldText(text, rendering);
    case 'expectation':
      return expectationText(text, rendering);
    default:
      return rendering.label(format, text, rendering.locale);
  }
}

/** Fills a template from a refusal's data. Never fails: what is not there is shown as a dash. */
export function renderTemplate(template: Template, data: unknown, rendering: Rendering): string {
  return template
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'value':
          return shown(valueAt(data, part.path), part.format, rendering);
        case 'present':
          return isAbsent(valueAt(data, part.path)) ? '' : renderTemplate(part.item, data, rendering);
        case 'each': {
          const entries = valueAt(data, part.path);
          const texts = (Array.isArray(entries) ? entries : []).map((entry) =>
            renderTemplate(part.item, entry, rendering),
          );
          return joined(texts, rendering.locale, 'entries');
        }
      }
    })
    .join('');
}
