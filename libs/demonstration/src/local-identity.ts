/** Whose tokens the embedded mode accepts, and for whom they are meant. */
export const localIdentity = { issuer: 'urn:anju:local', audience: 'anju' } as const;
