import { CannotRun } from './cannot-run';

/** What kept a process from its port, as whoever runs it can mend it; the error itself where it is none of that kind. */
export function listenFault(error: unknown, host: string, port: number): unknown {
  const { code } = (error ?? {}) as { code?: unknown };
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} on ${host} is taken; end what uses it, or choose another PORT`,
    EACCES: `port ${port} is reserved; choose a PORT from 1024 on`,
    EADDRNOTAVAIL: `${host} is no address of this machine; choose another HOST`,
    ENOTFOUND: `${host} is no address of this machine; choose another HOST`,
  };
  const reason = reasons[String(code)];
  return reason === undefined ? error : new CannotRun(reason, { cause: error });
}
