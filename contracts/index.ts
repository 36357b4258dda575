export * from './event-types';
export * from './failures';
export * from './webhooks';
export * from './deliveries';
export * from './inbox';
export * from './permissions';
