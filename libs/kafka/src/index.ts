export * from './broker';
export { BrokerDirectoryInUse } from './ownership';
export { BrokerToolMissing } from './java';
export * from './resolve-brokers';
