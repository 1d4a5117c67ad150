export * from './distributed-platform';
