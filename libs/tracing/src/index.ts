export * from './span';
export * from './start-tracing';
