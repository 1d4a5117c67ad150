export * from './clock-resolver';
export * from './suite';
