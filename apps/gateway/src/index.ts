export * from './error-codes';
export * from './gateway';
export * from './gateway-options';
export * from './gateway-settings';
export * from './in-process-data-source';
