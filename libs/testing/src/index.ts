export * from './decisions';
export * from './pdf-text';
export * from './rule';
export { createTestDatabase, testTemplate, type TestDatabase } from './postgres';
export * from './silent-logger';
export * from './trace-collector';
export * from './until';
