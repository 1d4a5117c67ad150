export * from './catalogue';
export * from './define-labels';
export * from './locale';
export type { RequestProblem } from './requests';
