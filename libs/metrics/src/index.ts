export * from './bounded-names';
export * from './file-figures';
export * from './process-figures';
export * from './reading';
export * from './service-figures';
