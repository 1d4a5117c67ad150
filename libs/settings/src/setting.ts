import { z } from 'zod';

/** One setting of a process: a variable of its environment, and what may stand in it. */
export interface Setting<Value> {
  readonly variable: string;
  /** What it is for, as a sentence. */
  readonly about: string;
  /** What may stand there, in words that go on after "expected". */
  readonly expected: string;
  /** From the variable's text, which is never empty, to the value. */
  readonly schema: z.ZodType<Value, string>;
  /** What holds when the variable is not set; left out where it has to be set. */
  readonly fallback?: Value;
  /** Never shown; may also come in a file that `<variable>_FILE` names. */
  readonly secret: boolean;
}

/** What the settings have in common when they are declared. */
export interface Declared<Value> {
  readonly about: string;
  /** Left out: has to be set. */
  readonly fallback?: Value;
}

type Declare<Value> = (variable: string, declared: Declared<Value>) => Setting<Value>;

function declare<Value>(
  schema: z.ZodType<Value, string>,
  expected: string,
  { secret = false }: { readonly secret?: boolean } = {},
): Declare<Value> {
  return (variable, declared) => ({ variable, schema, expected, secret, ...declared });
}

/** A setting that may be left out, and is null then. */
export function optional<Value>(setting: Setting<Value>): Setting<Value | null> {
  return { ...setting, fallback: null };
}

/** A whole number from `from` to `to`, both included. */
export function wholeNumber(
  variable: string,
  { from, to, ...declared }: Declared<number> & { readonly from: number; readonly to: number },
): Setting<number> {
  const schema = z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((number) => number >= from && number <= to);
  return declare(schema, `a whole number from ${from} to ${to}`)(variable, declared);
}

/** A TCP port; 0 for any free one. */
export function port(variable: string, declared: Declared<number>): Setting<number> {
  return wholeNumber(variable, { ...declared, from: 0, to: 65_535 });
}

/** One of some words. */
export function oneOf<Word extends string>(
  variable: string,
  words: readonly Word[],
  declared: Declared<Word>,
): Setting<Word> {
  return declare(z.enum(words) as z.ZodType<Word, string>, `one of ${words.join(', ')}`)(variable, declared);
}

/** Some of some words, separated by commas; at least one. */
export function someOf<Word extends string>(
  variable: string,
  words: readonly Word[],
  declared: Declared<readonly Word[]>,
): Setting<readonly Word[]> {
  const schema = listOf(z.enum(words) as z.ZodType<Word, string>);
  return declare(schema, `some of ${words.join(', ')}, separated by commas`)(variable, declared);
}

/** `true` or `false`. */
export const flag: Declare<boolean> = declare(
  z.enum(['true', 'false']).transform((word) => word === 'true'),
  'true or false',
);

/** Any text on one line. */
export const text: Declare<string> = declare(z.string().regex(/^[^\p{Cc}]+$/u), 'a text on one line');

/** A text that is never shown. */
export const secret: Declare<string> = declare(z.string().regex(/^[^\p{Cc}]+$/u), 'a text on one line', {
  secret: true,
});

/** The path of a file; whether it can be read shows when it is. */
export const file: Declare<string> = declare(z.string().regex(/^[^\p{Cc}]+$/u), 'the path of a file');

function urlOf(...protocols: readonly string[]): z.ZodType<string, string> {
  return z.string().refine((given) => URL.canParse(given) && protocols.includes(new URL(given).protocol));
}

/** An address such as `https://login.example/keys`. */
export const httpUrl: Declare<string> = declare(
  urlOf('http:', 'https:'),
  'an address with http:// or https://',
);

/** A mail server's address, with a password in it where it asks for one: a secret. */
export const smtpUrl: Declare<string> = declare(
  urlOf('smtp:', 'smtps:').refine((given) => new URL(given).hostname !== ''),
  'an address such as smtps://user:password@mail.example:465',
  { secret: true },
);

/** The bare address of a mailbox. */
export const mailbox: Declare<string> = declare(
  z.string().regex(/^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/),
  'the address of a mailbox such as service@company.example',
);

/** Addresses separated by commas. */
export const httpUrls: Declare<readonly string[]> = declare(
  listOf(urlOf('http:', 'https:')),
  'addresses with http:// or https://, separated by commas',
);

/** A PostgreSQL address with a password in it: a secret. */
export const databaseUrl: Declare<string> = declare(
  urlOf('postgres:', 'postgresql:').refine((given) => new URL(given).pathname.length > 1),
  'an address such as postgresql://user:password@host:5432/database',
  { secret: true },
);

const hostAndPort = z.string().regex(/^(?:[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:]+\]):\d{1,5}$/);

/** `host:port`, several separated by commas. */
export const hostsAndPorts: Declare<readonly string[]> = declare(
  listOf(hostAndPort.refine((one) => Number(one.slice(one.lastIndexOf(':') + 1)) <= 65_535)),
  'host:port, several separated by commas',
);

/** Origins of pages, such as `https://desk.example`, separated by commas. */
export const origins: Declare<readonly string[]> = declare(
  listOf(urlOf('http:', 'https:').refine((given) => new URL(given).origin === given)),
  'origins such as https://desk.example, separated by commas',
);

/** An instant with its offset. */
export const instant: Declare<Date> = declare(
  z.iso
    .datetime({ offset: true })
    .transform((given) => new Date(given))
    .refine((at) => !Number.isNaN(at.getTime())),
  'an instant with offset, such as 2026-03-02T08:30:00+08:00',
);

function listOf<One extends string>(one: z.ZodType<One, string>): z.ZodType<readonly One[], string> {
  return z
    .string()
    .transform((given) => given.split(',').map((part) => part.trim()))
    .pipe(z.array(one).min(1));
}
