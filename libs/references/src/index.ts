export * from './known';
export * from './references';
export { referencesConsumer } from './references.consumer';
