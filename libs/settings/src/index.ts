export * from './read-environment';
export * from './setting';
export * from './settings-document';
