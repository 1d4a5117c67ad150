import type { Principal } from '@anju/access';
import { negotiateLocale } from '@anju/labels';
import type { RequestFacts } from './serve';

/** A request as it reaches a service, through a gateway in this process or over HTTP. */
export interface ArrivedRequest {
  readonly principal: Principal | null;
  readonly requestId: string;
  /** Lower case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** What the service's resolvers need of it. */
export function factsOf({ principal, requestId, headers }: ArrivedRequest): RequestFacts {
  return {
    principal,
    requestId,
    locale: negotiateLocale(headers['accept-language']),
    idempotencyKey: headers['idempotency-key'] ?? null,
  };
}
