/** What code may not say, as options of ESLint's `no-restricted-*` rules. A later block replaces an earlier one
 * whole, so that the lists are joined here. */

const namedExportsOnly = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: a name is the same wherever it is used.',
};

const noForwarding = [
  {
    selector: 'ExportAllDeclaration',
    message: 'A file that only forwards is inlined; only the index.ts of a library re-exports.',
  },
  {
    selector: 'ExportNamedDeclaration[source]',
    message: 'A file that only forwards is inlined; only the index.ts of a library re-exports.',
  },
];

const noSynchronize = {
  selector: "Property[key.name='synchronize'][value.value=true]",
  message: 'The database is changed by migrations alone.',
};

const noAmbientTime = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Rules are given the time: take `at: Date` as an argument.',
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: 'Rules are given the time: take `at: Date` as an argument.',
  },
];

const noLocalTime = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length>1]",
    message: "This date depends on the machine's time zone; use the project's calendar.",
  },
];

const noDynamicImport = {
  selector: 'ImportExpression',
  message: 'Rules import at the top and from the kernel only.',
};

export const syntax = {
  everywhere: [namedExportsOnly, ...noForwarding, noSynchronize],
  index: [namedExportsOnly, noSynchronize],
  kernel: [namedExportsOnly, ...noForwarding, ...noAmbientTime, ...noLocalTime],
  clock: [namedExportsOnly, ...noForwarding],
  rules: [namedExportsOnly, ...noForwarding, ...noAmbientTime, ...noLocalTime, noDynamicImport],
  pureIndex: [namedExportsOnly],
};

const onlyOrSkipped = ['it', 'test', 'describe', 'rule'].flatMap((object) => [
  { object, property: 'only', message: 'The other tests would not run.' },
  { object, property: 'skip', message: 'A test that does not run proves nothing: mend it or delete it.' },
  { object, property: 'todo', message: 'A test that does not run proves nothing.' },
]);

const ambient = [
  { object: 'Date', property: 'now', message: 'Rules are given the time: take `at: Date` as an argument.' },
  { object: 'Math', property: 'random', message: 'Rules compute the same from the same.' },
];

/** Getters and setters of `Date` that go by the time zone of the process. */
const localTime = [
  ...['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'].flatMap((part) =>
    part === 'Day' ? ['getDay'] : [`get${part}`, `set${part}`],
  ),
  'getTimezoneOffset',
  'toDateString',
  'toTimeString',
  'toLocaleDateString',
  'toLocaleTimeString',
].map((property) => ({
  property,
  message: "This depends on the machine's time zone; use the project's calendar or localDate().",
}));

export const properties = {
  everywhere: onlyOrSkipped,
  kernel: [...onlyOrSkipped, ...ambient, ...localTime],
};

/** What reaches out of a pure function, or does not give the same twice. */
export const impureGlobals = [
  'process',
  'require',
  'global',
  'globalThis',
  'Buffer',
  'console',
  'crypto',
  'performance',
  'fetch',
  'WebSocket',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
].map((name) => ({ name, message: 'Rules are pure: no I/O, no clock, no chance, no machine.' }));

/** The only imports of a rules library: its own files and the kernel (in tests also the tools for testing). */
export function ruleImports({ test }) {
  const allowed = ['\\.{1,2}/', '@anju/kernel$', ...(test ? ['@anju/testing$', 'fast-check$'] : [])];
  return {
    patterns: [
      {
        regex: `^(?!${allowed.join('|')})`,
        message: 'Rules import their own files and @anju/kernel only: no packages, no Node built-ins.',
      },
    ],
    paths: test
      ? []
      : [
          {
            name: '@anju/kernel',
            importNames: ['newId', 'SystemClock', 'ManualClock'],
            message: 'Rules are given ids and times as arguments.',
          },
        ],
  };
}

/** Imports that only one part of the platform may have. */
export const platformImports = {
  paths: [
    {
      name: 'kafkajs',
      message: 'kafkajs is no longer developed: it stays behind EventBus (libs/kafka-bus) and infra/kafka.',
    },
  ],
};
