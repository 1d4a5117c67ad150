export * from './broker';
export { brokerObstacle } from './jars';
export { BrokerDirectoryInUse } from './ownership';
export { BrokerToolMissing } from './java';
export * from './resolve-brokers';
