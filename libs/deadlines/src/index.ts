export * from './deadline-scheduler';
export * from './deadline-store';
