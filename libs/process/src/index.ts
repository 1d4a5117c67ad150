export * from './cannot-run';
export * from './identity-settings';
export * from './listen-fault';
export * from './run-process';
