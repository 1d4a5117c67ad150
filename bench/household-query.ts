/** Customers with their homes, last contacts, work orders with technicians, and complaints. */
export const householdQuery = `
query Households($name: String!, $customers: Int!, $interactions: Int!) {
  customers(filter: { name: $name }, first: $customers) {
    nodes {
      id
      name
      homes { id home status }
      interactions(first: $interactions) {
        nodes {
          id number status confirmedClass receivedAt
          workOrders { id status fault technician { id name } }
          complaint { id number }
        }
      }
      complaints(first: 20) { nodes { id number severity status } }
    }
  }
}
`;

interface Nodes<Node> {
  readonly nodes: readonly Node[];
}

/** What `householdQuery` answers. */
export interface HouseholdAnswer {
  readonly customers: Nodes<{
    readonly id: string;
    readonly name: string;
    readonly homes: readonly { readonly id: string; readonly home: string; readonly status: string }[];
    readonly interactions: Nodes<{
      readonly id: string;
      readonly number: string;
      readonly status: string;
      readonly confirmedClass: string | null;
      readonly receivedAt: string;
      readonly workOrders: readonly {
        readonly id: string;
        readonly status: string;
        readonly fault: string;
        readonly technician: { readonly id: string; readonly name: string } | null;
      }[];
      readonly complaint: { readonly id: string; readonly number: string } | null;
    }>;
    readonly complaints: Nodes<{
      readonly id: string;
      readonly number: string;
      readonly severity: string;
      readonly status: string;
    }>;
  }>;
}

/** How much is asked for. */
export interface Shape {
  readonly customers: number;
  /** The most for each customer. */
  readonly interactions: number;
}

/** How many rows an answer shows, by kind. */
export function rowsIn({ customers: { nodes } }: HouseholdAnswer): Readonly<Record<string, number>> {
  const interactions = nodes.flatMap((customer) => customer.interactions.nodes);
  const workOrders = interactions.flatMap((interaction) => interaction.workOrders);
  return {
    customers: nodes.length,
    homes: nodes.flatMap(({ homes }) => homes).length,
    interactions: interactions.length,
    'work orders': workOrders.length,
    technicians: workOrders.filter(({ technician }) => technician !== null).length,
    complaints: nodes.flatMap((customer) => customer.complaints.nodes).length,
  };
}
