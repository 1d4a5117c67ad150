import { readFileSync } from 'node:fs';
import { swcOptions } from './tools/swc.mjs';

const { compilerOptions } = JSON.parse(readFileSync(new URL('tsconfig.base.json', import.meta.url), 'utf8'));

/** Packages that ship ES modules only: Jest's module system needs them compiled. */
const esModulePackages = [
  'jose',
  'uuid',
  '@exodus',
  // What file-type is made of.
  ...['file-type', 'strtok3', 'token-types', 'uint8array-extras', '@tokenizer', '@borewit'],
];

/** Packages that load a part by `import()` as they run, which Jest's module system has to be given as `require`. */
const importingPackages = ['@opentelemetry/exporter-trace-otlp-http', '@opentelemetry/otlp-exporter-base'];
const { module: moduleOptions } = swcOptions;
const withoutImports = { ...swcOptions, module: { ...moduleOptions, ignoreDynamic: false }, swcrc: false };

/**
 * Left out between processes, where they take minutes, unless `ANJU_ALL_JOURNEYS=true`: days that are played in one
 * service, the sweeps over the whole schema, which ask the same services the same in one process, and the report of
 * complaints: that metrics have all that the services tell is seen of a whole month there, and of files how they are sent.
 */
const longBetweenProcesses =
  '/(another-day-(calendars|counter|tenancies|projects|repairs)|bad-input-(deals|sweep)|complaint-(cases|report)|other-project|two-at-once)\\.journey\\.ts$';

const base = {
  rootDir: import.meta.dirname ?? new URL('.', import.meta.url).pathname,
  testEnvironment: '<rootDir>/tools/jest-environment.mjs',
  transform: {
    [`/node_modules/(${importingPackages.join('|')})/.+\\.js$`]: ['@swc/jest', withoutImports],
    '^.+\\.(ts|js|mjs)$': ['@swc/jest', { ...swcOptions, swcrc: false }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${[...esModulePackages, ...importingPackages].join('|')})/)`],
  moduleNameMapper: Object.fromEntries(
    Object.entries(compilerOptions.paths).map(([alias, [target]]) => [
      `^${alias}$`,
      target.replace(/^\./, '<rootDir>'),
    ]),
  ),
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  setupFiles: ['<rootDir>/libs/testing/src/jest-setup.ts'],
};

const withPostgres = {
  globalSetup: '<rootDir>/libs/testing/src/jest-global-setup.ts',
  globalTeardown: '<rootDir>/libs/testing/src/jest-global-teardown.ts',
};

export default {
  // For real databases and processes, on machines that do other things too.
  testTimeout: 180_000,
  testSequencer: '<rootDir>/tools/longest-first.mjs',
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,infra,tools,bench}/**/*.spec.ts'] },
    {
      ...base,
      ...withPostgres,
      displayName: 'integration',
      testMatch: ['<rootDir>/{apps,libs,infra}/**/*.int-spec.ts'],
    },
    { ...base, ...withPostgres, displayName: 'journey', testMatch: ['<rootDir>/apps/e2e/**/*.journey.ts'] },
    {
      ...base,
      ...withPostgres,
      displayName: 'distributed',
      testMatch: ['<rootDir>/apps/e2e/**/*.journey.ts', '<rootDir>/apps/e2e/**/*.distributed.ts'],
      // What happens to the one process of `npm start` is of the embedded mode.
      testPathIgnorePatterns: [
        '/process-[a-z]+\\.journey\\.ts$',
        ...(process.env['ANJU_ALL_JOURNEYS'] === 'true' ? [] : [longBetweenProcesses]),
      ],
      setupFilesAfterEnv: ['<rootDir>/apps/e2e/src/distributed-mode.ts'],
    },
  ],
};
