/** What somebody who answers a customer's call wants to see of him. */
const ofCustomer = `
  id name kind
  homes { id home status }
  contracts(first: 5) { nodes { id number status signedAt price { total } } }
  workOrders(first: 20) { nodes { id status fault place issuedAt doneAt technician { id name } } }
  complaints(first: 20) { nodes { id number severity status receivedAt } }
  messages(first: 20) { nodes { id kind channel saidAt subject } }
`;

/** A customer with homes, contracts, last 20 repairs with technician, complaints, and what he was told. */
export const customerQuery = `query CustomerOnThePhone($id: ID!) { customer(id: $id) {${ofCustomer}} }`;

/** The same of several customers at once. */
export const customersQuery = `query Customers($first: Int!) { customers(first: $first) { nodes {${ofCustomer}} } }`;

interface Nodes<Node> {
  readonly nodes: readonly Node[];
}

/** A customer as either query shows him. */
export interface ShownCustomer {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly homes: readonly { readonly id: string; readonly home: string; readonly status: string }[];
  readonly contracts: Nodes<{
    readonly id: string;
    readonly number: string;
    readonly status: string;
    readonly signedAt: string | null;
    readonly price: { readonly total: string };
  }>;
  readonly workOrders: Nodes<{
    readonly id: string;
    readonly status: string;
    readonly fault: string;
    readonly place: string;
    readonly issuedAt: string;
    readonly doneAt: string | null;
    readonly technician: { readonly id: string; readonly name: string } | null;
  }>;
  readonly complaints: Nodes<{
    readonly id: string;
    readonly number: string;
    readonly severity: string;
    readonly status: string;
    readonly receivedAt: string;
  }>;
  readonly messages: Nodes<{
    readonly id: string;
    readonly kind: string;
    readonly channel: string;
    readonly saidAt: string;
    readonly subject: string;
  }>;
}

/** How many rows an answer shows, by kind. */
export function rowsIn(customers: readonly ShownCustomer[]): Readonly<Record<string, number>> {
  const repairs = customers.flatMap(({ workOrders }) => workOrders.nodes);
  return {
    customers: customers.length,
    homes: customers.flatMap(({ homes }) => homes).length,
    contracts: customers.flatMap(({ contracts }) => contracts.nodes).length,
    repairs: repairs.length,
    technicians: new Set(repairs.map(({ technician }) => technician?.id)).size,
    complaints: customers.flatMap(({ complaints }) => complaints.nodes).length,
    messages: customers.flatMap(({ messages }) => messages.nodes).length,
  };
}
