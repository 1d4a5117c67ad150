import { readFileSync } from 'node:fs';
import type { Setting } from './setting';

/** The settings of a process, by the names under which its code knows them. */
export type SettingsShape = Readonly<Record<string, Setting<unknown>>>;

/** What `readEnvironment` makes of a shape. */
export type SettingsOf<Shape extends SettingsShape> = {
  readonly [Name in keyof Shape]: Shape[Name] extends Setting<infer Value> ? Value : never;
};

/** What must hold between variables, whatever stands in them. */
export type Relation =
  /** Whoever sets `variable` sets these too. */
  | { readonly variable: string; readonly needs: readonly string[] }
  /** Exactly one of them is set. */
  | { readonly oneOf: readonly string[] };

/** The environment does not fit; every mistake is in `mistakes`, one line each, without secrets. */
export class BadEnvironment extends Error {
  override readonly name = 'BadEnvironment';

  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.join('\n'));
  }
}

type Given = { readonly text: string } | { readonly mistake: string } | null;

const fileVariable = (variable: string): string => `${variable}_FILE`;

/** Empty is as good as not set: that is how a composed environment leaves a variable out. */
function isSet(environment: NodeJS.ProcessEnv, variable: string): boolean {
  return Boolean(environment[variable]);
}

function given({ variable, secret }: Setting<unknown>, environment: NodeJS.ProcessEnv): Given {
  const direct = environment[variable];
  const path = secret ? environment[fileVariable(variable)] : undefined;
  if (!path) return direct ? { text: direct } : null;
  if (direct)
    return { mistake: `${variable} and ${fileVariable(variable)} are both set; expected one of them` };
  try {
    // Editors and `echo` end a file with a line end, which nobody means.
    const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    return text === '' ? { mistake: `${fileVariable(variable)} is ${path}, which is empty` } : { text };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'no reason given';
    return { mistake: `${fileVariable(variable)} is ${path}, which cannot be read (${reason})` };
  }
}

function describe({ variable, secret, expected, fallback }: Setting<unknown>, text: string | null): string {
  if (text === null) {
    const where = secret ? `${variable} (or ${fileVariable(variable)})` : variable;
    return `${where} is missing; expected ${expected}`;
  }
  const shown = secret ? 'not usable (its value is not shown)' : JSON.stringify(text);
  const otherwise = fallback === undefined ? '' : '; left out, it has its default';
  return `${variable} is ${shown}; expected ${expected}${otherwise}`;
}

function broken(relation: Relation, set: (variable: string) => boolean): string[] {
  if ('oneOf' in relation) {
    const found = relation.oneOf.filter(set);
    if (found.length === 1) return [];
    const all = relation.oneOf.join(', ');
    return [
      found.length === 0
        ? `none of ${all} is set; expected one`
        : `${found.join(' and ')} are set; expected one of them only`,
    ];
  }
  if (!set(relation.variable)) return [];
  return relation.needs
    .filter((needed) => !set(needed))
    .map((needed) => `${needed} is missing; ${relation.variable} needs it`);
}

/**
 * Reads the settings of a process from its environment. A variable of a secret may be replaced by
 * `<variable>_FILE`, the path of a file that holds it.
 * @throws BadEnvironment with every mistake, not only the first
 */
export function readEnvironment<Shape extends SettingsShape>(
  shape: Shape,
  environment: NodeJS.ProcessEnv,
  relations: readonly Relation[] = [],
): SettingsOf<Shape> {
  const mistakes: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(shape)) {
    const found = given(setting, environment);
    if (found && 'mistake' in found) {
      mistakes.push(found.mistake);
    } else if (found) {
      const parsed = setting.schema.safeParse(found.text);
      if (parsed.success) values[name] = parsed.data;
      else mistakes.push(describe(setting, found.text));
    } else if (setting.fallback === undefined) {
      mistakes.push(describe(setting, null));
    } else {
      values[name] = setting.fallback;
    }
  }
  const secrets = new Set(Object.values(shape).flatMap((one) => (one.secret ? [one.variable] : [])));
  const set = (variable: string): boolean =>
    isSet(environment, variable) || (secrets.has(variable) && isSet(environment, fileVariable(variable)));
  mistakes.push(...relations.flatMap((relation) => broken(relation, set)));
  if (mistakes.length > 0) throw new BadEnvironment(mistakes);
  return values as SettingsOf<Shape>;
}
