export * from './known';
export * from './merged-customers';
export * from './references';
export { referencesConsumer } from './references.consumer';
