export * from './printed-document';
export * from './render-html';
export * from './render-pdf';
