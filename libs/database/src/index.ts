export * from './ask-often';
export * from './outdated-statement';
export * from './send-later';
export * from './service-client';
