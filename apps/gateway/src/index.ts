export * from './error-codes';
export * from './gateway';
export * from './gateway-options';
export * from './gateway-settings';
export * from './http-data-source';
export * from './in-process-data-source';
