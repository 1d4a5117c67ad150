import type { Logger } from '@anju/outbox';

const nothing = (): void => undefined;

/** For tests that provoke failures whose log lines nobody wants to read. */
export const silentLogger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
