export * from './cannot-run';
export * from './identity-settings';
export * from './run-process';
