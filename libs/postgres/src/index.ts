export * from './embedded-postgres';
export { DataDirectoryInUse } from './server';
