export * from './clock-resolver';
export * from './demo-clock';
export * from './suite';
