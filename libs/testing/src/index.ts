export * from './decisions';
export * from './pdf-text';
export * from './rule';
export { createTestDatabase, testTemplate, testTemplates, type TestDatabase } from './postgres';
export { runFolder } from './run-folder';
export * from './silent-logger';
export * from './trace-collector';
export * from './until';
export * from './statements';
