export * from './clock-difference';
export * from './deadline-scheduler';
export * from './deadline-store';
