export * from './catalogue';
export * from './define-labels';
export * from './locale';
