import type { AnotherDay } from './another-day';

/** Something that stands against a release slip. */
export interface Obstacle {
  readonly what: string;
  readonly months: number | null;
  readonly amount: string | null;
}

/** A release slip as the tests look at it. */
export interface Slip {
  readonly id: string;
  readonly status: string;
  readonly issuedAt: string | null;
  readonly lobbyToldAt: string | null;
  readonly arrearsTold: { readonly months: number; readonly amount: string } | null;
}

/** A shift as the tests look at it. */
export interface Shift {
  readonly id: string;
  readonly status: string;
  readonly openedOverReason: string | null;
  readonly explanation: string | null;
  readonly disputeReason: string | null;
  readonly expected: { readonly cash: string; readonly receipts: number };
  readonly count: {
    readonly differences: readonly {
      readonly of: string;
      readonly expected: string;
      readonly counted: string;
    }[];
  } | null;
}

const slipSelection = 'id status issuedAt lobbyToldAt arrearsTold { months amount }';
const shiftSelection = `id status openedOverReason explanation disputeReason expected { cash receipts }
  count { differences { of expected counted } }`;
const obstacleSelection = `... on ReleaseNotPossible { reasons {
  what months amount reason signedById expectedId rentOwed } }`;

export function reasonsOf(obstacles: readonly Obstacle[]): string[] {
  return obstacles.map(({ what }) => what);
}

/** The counter's business at 锦绣花园. */
export class Counter {
  constructor(private readonly day: AnotherDay) {}

  slip(account: string, field: string, input: object): Promise<Slip> {
    return this.day.do<Slip>(account, field, 'ReleaseSlip', input, slipSelection);
  }

  shift(account: string, field: string, input: object): Promise<Shift> {
    return this.day.do<Shift>(account, field, 'Shift', input, shiftSelection);
  }

  /** Finance charges a home's fees, due on the 10th of their month. */
  async charge(home: string, months: readonly string[], amount: string): Promise<void> {
    for (const month of months) {
      await this.day.do('zhangli', 'chargeManagementFees', 'ManagementFeeRun', {
        projectId: this.day.projectId,
        month,
        dueAt: `${month}-10T00:00:00+08:00`,
        fees: [{ unitId: this.day.unit(home), amount }],
      });
    }
  }

  async pay(account: string, home: string, payer: string, amount: string): Promise<void> {
    await this.day.do(account, 'takePayment', 'Receipt', {
      projectId: this.day.projectId,
      unitId: this.day.unit(home),
      payerId: this.day.customer(payer),
      amount,
      method: 'CASH',
    });
  }

  async apply(home: string, applicant: string, goods: object[], identityCopied = true): Promise<string> {
    const { id } = await this.slip('zhoumin', 'applyForRelease', {
      projectId: this.day.projectId,
      unitId: this.day.unit(home),
      applicantId: this.day.customer(applicant),
      goods,
      identityCopied,
    });
    return id;
  }

  async sign(releaseSlipId: string, customer: string): Promise<void> {
    await this.slip('zhoumin', 'signReleaseSlip', { releaseSlipId, signedById: this.day.customer(customer) });
  }

  /** All that stands against issuing the slip, which has to be refused. */
  async obstacles(releaseSlipId: string, more: object = {}): Promise<readonly Obstacle[]> {
    const input = { releaseSlipId, ...more };
    const { reasons } = await this.day.refused('zhoumin', 'issueReleaseSlip', input, obstacleSelection);
    return reasons as readonly Obstacle[];
  }
}
