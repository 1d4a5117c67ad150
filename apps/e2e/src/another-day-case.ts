import type { AnotherDay } from './another-day';

/** A complaint as the tests look at it. */
export interface Case {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly severity: string;
  readonly severityReasons: readonly string[];
  readonly groupSize: number;
  readonly overdueSinceAt: string | null;
  readonly nextDueAt: string | null;
  readonly clocks: readonly {
    readonly kind: string;
    readonly forSeverity: string | null;
    readonly dueAt: string;
    readonly status: string;
  }[];
  readonly linkedCases: readonly {
    readonly relation: string;
    readonly complaint: { readonly number: string; readonly channel: string; readonly status: string };
  }[];
  readonly history: readonly { readonly command: string; readonly at: string }[];
}

export const caseSelection = `id number status severity severityReasons groupSize overdueSinceAt nextDueAt
  clocks { kind forSeverity dueAt status }
  linkedCases { relation complaint { number channel status } }
  history { command at }`;

/** What the clocks of Shanghai show, `YYYY-MM-DD HH:mm`. */
export function wall(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** Its duties in the order in which they arose: `RESPONSE 2026-01-07 09:00 MET`. */
export function duties({ clocks }: Pick<Case, 'clocks'>): string[] {
  return clocks.map(({ kind, forSeverity, dueAt, status }) =>
    [kind === 'DEMAND_FORM' ? `FORM(${forSeverity})` : kind, wall(dueAt), status].join(' '),
  );
}

/** What happened to it: `deadline:RESPONSE 2026-01-07 09:00`. */
export function course({ history }: Pick<Case, 'history'>): string[] {
  return history.map(({ command, at }) => `${command} ${wall(at)}`);
}

/** Complaints as people at 锦绣花园 deal with them. */
export class Complaints {
  constructor(private readonly day: AnotherDay) {}

  /** Carries out a command of the complaints service that has to succeed. */
  do(account: string, field: string, input: object): Promise<Case> {
    return this.day.do<Case>(account, field, 'Complaint', input, caseSelection);
  }

  async of(id: string): Promise<Case> {
    const { complaint } = await this.day.ask<{ complaint: Case }>(
      'linfang',
      `query($id: ID!) { complaint(id: $id) { ${caseSelection} } }`,
      { id },
    );
    return complaint;
  }

  /** A customer calls to complain; the contact as the desk records it. */
  async call(
    customer: string,
    about: { readonly topic: string; readonly building: string },
  ): Promise<string> {
    const { id } = await this.day.do('zhoumin', 'recordInteraction', 'Interaction', {
      projectId: this.day.projectId,
      channel: 'PHONE',
      customerId: this.day.customer(customer),
      buildingId: this.day.building(about.building),
      content: '又出问题了',
      topic: about.topic,
      facts: { matter: 'FAULT', wantsToComplain: true },
    });
    return id;
  }

  /** The desk confirms that a contact is a complaint; the id of the case that it is in then. */
  async caseOf(interactionId: string): Promise<string> {
    await this.day.do('zhoumin', 'confirmInteractionClass', 'Interaction', {
      interactionId,
      complaint: { causeClass: 'CLASS_1' },
    });
    await this.day.settled();
    const { interaction } = await this.day.ask<{ interaction: { complaint: { id: string } } }>(
      'linfang',
      'query($id: ID!) { interaction(id: $id) { complaint { id } } }',
      { id: interactionId },
    );
    return interaction.complaint.id;
  }

  /** Customers join a case. */
  join(id: string, ...customers: string[]): Promise<Case> {
    return this.do('zhoumin', 'joinComplaint', {
      id,
      customers: customers.map((key) => ({ customerId: this.day.customer(key) })),
    });
  }

  /** The cases that the desk is offered for a complaint that is just coming in. */
  async offered(topic: string, building: string): Promise<string[]> {
    const { casesToJoin } = await this.day.ask<{ casesToJoin: { complaint: { id: string } }[] }>(
      'zhoumin',
      'query($input: ComingComplaintInput!) { casesToJoin(input: $input) { complaint { id } } }',
      { input: { projectId: this.day.projectId, topic, buildingId: this.day.building(building) } },
    );
    return casesToJoin.map(({ complaint }) => complaint.id);
  }
}
