export * from './clock-resolver';
export * from './control-routes';
export * from './demo-clock';
export * from './remote-services';
