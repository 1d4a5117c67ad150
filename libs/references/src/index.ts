export * from './known';
export * from './references';
