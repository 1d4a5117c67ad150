export * from './http-listener';
export * from './http-refused';
export * from './incoming-facts';
export * from './logger';
export * from './media-type';
export * from './read-json';
export * from './send';
export * from './status-routes';
