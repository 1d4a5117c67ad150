export * from './connection';
export * from './refusal';
export * from './request-context';
export * from './requires';
export * from './scalars';
export * from './schema';
export * from './serve';
export * from './service-definition';
