import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import dockerignore from '@balena/dockerignore';
import { Copy, DockerfileParser, From, type Instruction } from 'dockerfile-ast';
import { parse } from 'yaml';

/** The workspace, which is the build context. */
export const root = resolve(__dirname, '../../..');

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** A COPY of the Dockerfile. */
export interface CopyStep {
  /** The stage that it copies from; null for the build context. */
  readonly from: string | null;
  readonly sources: readonly string[];
  /** Relative to the image's work directory at that point, as it is in the file. */
  readonly target: string;
}

export interface Stage {
  readonly name: string | null;
  readonly image: string;
  readonly copies: readonly CopyStep[];
  readonly instructions: readonly { readonly keyword: string; readonly text: string }[];
}

function copyStep(copy: Copy): CopyStep {
  const [target, ...sources] = copy
    .getArguments()
    .map((argument) => argument.getValue())
    .reverse();
  return { from: copy.getFromFlag()?.getValue() ?? null, sources: sources.reverse(), target: target! };
}

/** The stages of infra/docker/Dockerfile, for an app. */
export function stages(app: string): Stage[] {
  const source = read('infra/docker/Dockerfile').replace(/\$\{APP\}/g, app);
  const instructions: Instruction[] = DockerfileParser.parse(source).getInstructions();
  const starts = instructions.flatMap((one, index) => (one instanceof From ? [{ from: one, index }] : []));
  return starts.map(({ from, index }, position) => {
    const own = instructions.slice(index + 1, starts[position + 1]?.index);
    return {
      name: from.getBuildStage(),
      image: from.getImage()!,
      copies: own.filter((one) => one instanceof Copy).map(copyStep),
      instructions: own.map((one) => ({
        keyword: one.getKeyword(),
        text: one.getRawArgumentsContent() ?? '',
      })),
    };
  });
}

/** Whether a file, relative to the root, stays away from the builder. */
export function isIgnored(file: string): boolean {
  return dockerignore().add(read('.dockerignore')).ignores(file);
}

/** Never gone through: they hold more files than all the rest, and are ignored as a whole. */
export const unseen = ['.data', '.git', '.nx', 'coverage', 'dist', 'node_modules'];

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return unseen.includes(entry.name) ? [] : filesBelow(path);
  });
}

/** Every file that is sent to the builder, relative to the root. */
export function contextFiles(): string[] {
  return dockerignore().add(read('.dockerignore')).filter(filesBelow(''));
}

/** A service of docker-compose.yml, as far as it is looked at here. */
export interface ComposeService {
  readonly image?: string;
  readonly build?: {
    readonly context: string;
    readonly dockerfile: string;
    readonly args: { readonly APP: string };
  };
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly command?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly [key: string]: unknown;
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly networks: Readonly<Record<string, unknown>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** As Compose fills in `${NAME}`, `${NAME:-default}` and `${NAME-default}`. */
function filledIn(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$\{(\w+)(?:(:?-)([^}]*))?\}/g,
    (_, name: string, kind?: string, otherwise?: string) => {
      const value = variables[name];
      if (kind === ':-') return value || otherwise!;
      return value ?? otherwise ?? '';
    },
  );
}

/** docker-compose.yml with its anchors merged and the variables of its user filled in. */
export function composeFile(variables: Readonly<Record<string, string>> = {}): ComposeFile {
  const filled = (value: unknown): unknown => {
    if (typeof value === 'string') return filledIn(value, variables);
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item)]));
  };
  return filled(parse(read('docker-compose.yml'), { merge: true })) as ComposeFile;
}
