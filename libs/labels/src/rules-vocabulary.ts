import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The values of an exported union of texts, such as `ComplaintStatus`. */
export interface RuleEnum {
  readonly name: string;
  readonly values: readonly string[];
  readonly file: string;
}

/** A refusal that an exported rule can answer with. */
export interface RuleRefusal {
  readonly code: string;
  readonly file: string;
  /** The type of its data. */
  readonly data: ts.Type;
}

/** What the rules of a context say that people read: found by the compiler, so that nothing is said twice. */
export interface Vocabulary {
  readonly enums: readonly RuleEnum[];
  readonly refusals: readonly RuleRefusal[];
  /** The commands of each transition table: `complaintTransitions` gives `ComplaintCommand`. */
  readonly commands: ReadonlyMap<string, readonly string[]>;
  /** Names of input fields that a refusal can point at. */
  readonly fields: ReadonlySet<string>;
  /** Exported functions whose refusals have no code that the compiler knows. */
  readonly vague: readonly string[];
  readonly checker: ts.TypeChecker;
}

function sourcesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.(spec|int-spec|d))\.ts$/.test(name))
    .map((name) => join(folder, name));
}

function isExported(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) && !!ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)
  );
}

function constituents(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

/** The texts of a union of texts; undefined if anything else is in it. */
export function literalsOf(type: ts.Type): string[] | undefined {
  const parts = constituents(type).filter(
    (part) => !(part.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)),
  );
  const texts = parts.flatMap((part) => (part.isStringLiteral() ? [part.value] : []));
  return texts.length > 0 && texts.length === parts.length ? texts : undefined;
}

class Reader {
  readonly enums: RuleEnum[] = [];
  readonly refusals: RuleRefusal[] = [];
  readonly commands = new Map<string, readonly string[]>();
  readonly fields = new Set<string>();
  readonly vague: string[] = [];

  constructor(
    readonly checker: ts.TypeChecker,
    private readonly shortName: (file: ts.SourceFile) => string,
  ) {}

  read(file: ts.SourceFile): void {
    this.readFields(file);
    for (const statement of file.statements) {
      if (!isExported(statement)) continue;
      if (ts.isTypeAliasDeclaration(statement)) this.readAlias(statement);
      if (ts.isFunctionDeclaration(statement) && statement.name) this.readFunction(statement, statement.name);
      if (ts.isVariableStatement(statement)) {
        for (const declaration of statement.declarationList.declarations) this.readConstant(declaration);
      }
    }
  }

  private readAlias(alias: ts.TypeAliasDeclaration): void {
    if (alias.typeParameters) return;
    const type = this.checker.getTypeAtLocation(alias.name);
    const file = this.shortName(alias.getSourceFile());
    for (const part of constituents(type)) this.readRefusal(part, alias.name, file);
    const values = literalsOf(type);
    // `keyof` gives field, command and code names; `Exclude` and `Extract` give a part of what stands elsewhere.
    const derived =
      ts.isTypeOperatorNode(alias.type) ||
      (ts.isTypeReferenceNode(alias.type) && ['Exclude', 'Extract'].includes(alias.type.typeName.getText()));
    if (values && !derived) this.enums.push({ name: alias.name.text, values, file });
  }

  private readConstant(declaration: ts.VariableDeclaration): void {
    if (!ts.isIdentifier(declaration.name)) return;
    const type = this.checker.getTypeAtLocation(declaration.name);
    const table = /^(\w+)Transitions$/.exec(declaration.name.text)?.[1];
    if (table) this.readTransitions(`${table[0]!.toUpperCase()}${table.slice(1)}Command`, type);
    if (type.getCallSignatures().length > 0) this.readFunction(declaration, declaration.name);
  }

  /** Either commands by name, or commands by name below `commands`. */
  private readTransitions(kind: string, table: ts.Type): void {
    const below = table.getProperty('commands');
    const commands = below ? this.checker.getTypeOfSymbol(below) : table;
    this.commands.set(
      kind,
      commands.getProperties().map((property) => property.name),
    );
  }

  /** What is checked by `checkFields({ name: … })` and `missingText('name', …)`. */
  private readFields(node: ts.Node): void {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const [argument] = node.arguments;
      if (node.expression.text === 'checkFields' && argument && ts.isObjectLiteralExpression(argument)) {
        for (const property of argument.properties) {
          if (property.name && ts.isIdentifier(property.name)) this.fields.add(property.name.text);
        }
      }
      if (node.expression.text === 'missingText' && argument && ts.isStringLiteral(argument)) {
        this.fields.add(argument.text);
      }
    }
    ts.forEachChild(node, (child) => this.readFields(child));
  }

  private readFunction(node: ts.Node, name: ts.Identifier): void {
    const file = this.shortName(node.getSourceFile());
    for (const signature of this.checker.getTypeAtLocation(name).getCallSignatures()) {
      for (const part of constituents(signature.getReturnType())) {
        const refusal = part.getProperty('outcome') && part.getProperty('refusal');
        if (!refusal) continue;
        for (const each of constituents(this.checker.getTypeOfSymbol(refusal)))
          this.readRefusal(each, name, file, true);
      }
    }
  }

  private readRefusal(type: ts.Type, at: ts.Identifier, file: string, certain = false): void {
    const code = type.getProperty('code');
    const data = type.getProperty('data');
    if (!code || !data) return;
    const codeType = this.checker.getTypeOfSymbol(code);
    if (codeType.flags & ts.TypeFlags.TypeParameter) return;
    const codes = literalsOf(codeType);
    if (!codes) {
      if (certain) this.vague.push(`${file}: ${at.text}`);
      return;
    }
    for (const each of codes)
      this.refusals.push({ code: each, file, data: this.checker.getTypeOfSymbol(data) });
  }
}

/**
 * Reads what people get to see of the rules below some folders.
 * @param root the workspace, where `tsconfig.base.json` is
 * @param folders relative to it
 */
export function readVocabulary(root: string, folders: readonly string[]): Vocabulary {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, types: [] }, root);
  const files = folders.flatMap((folder) => sourcesIn(join(root, folder)));
  const program = ts.createProgram(files, options);
  const reader = new Reader(program.getTypeChecker(), (file) => file.fileName.slice(root.length + 1));
  for (const file of files) reader.read(program.getSourceFile(file)!);
  const codes = new Set(reader.refusals.map(({ code }) => code));
  return {
    checker: reader.checker,
    // Unions of refusal codes have messages, not labels.
    enums: reader.enums.filter(({ values }) => !values.every((value) => codes.has(value))),
    refusals: reader.refusals,
    commands: reader.commands,
    fields: reader.fields,
    vague: reader.vague,
  };
}

/**
 * The types that a placeholder's path leads to, through lists as through objects.
 * @param optional whether it is enough that some of the data's forms have such an entry
 * @returns none if the data has no such entry
 */
export function typesAt(
  checker: ts.TypeChecker,
  data: ts.Type,
  path: readonly string[],
  optional: boolean,
): readonly ts.Type[] {
  const [head, ...rest] = path;
  if (head === undefined) return [checker.getNonNullableType(data)];
  const found = constituents(checker.getNonNullableType(data)).map((form) => {
    const entry = checker.isArrayLikeType(form)
      ? checker.getIndexTypeOfType(form, ts.IndexKind.Number)
      : undefined;
    if (entry) return typesAt(checker, entry, path, optional);
    const symbol = checker.getPropertyOfType(form, head);
    return symbol ? typesAt(checker, checker.getTypeOfSymbol(symbol), rest, optional) : [];
  });
  return !optional && found.some((types) => types.length === 0) ? [] : found.flat();
}
