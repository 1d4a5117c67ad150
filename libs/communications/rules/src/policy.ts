import type { MessageChannel, MessagePurpose } from './channels';

/** A field that a template may hold: filled once for the message, or for each recipient from the directory. */
export type TemplateFieldKind = 'OF_MESSAGE' | 'OF_RECIPIENT';

/** Every number and list of the communications rules; per organisation, overridable per project. */
export interface CommunicationsPolicy {
  /** The one name under which messages go out (COM-05). */
  readonly companyName: string;
  /** Fields that templates may hold, by name. */
  readonly templateFields: Readonly<Record<string, TemplateFieldKind>>;
  /** Characters of a template's text, by channel. */
  readonly longestText: Readonly<Record<MessageChannel, number>>;
  /** Characters of a value that is put into it. */
  readonly longestValue: number;
  /** Recipients of one message; more need several messages, each with its own approval (COM-05). */
  readonly largestAudience: number;
  /** The role that approves a message in its project (COM-05). */
  readonly approverRole: string;
  /** Nothing is sent from `from` until before `to`, `HH:mm` on the project's wall clock; equal: no quiet hours. */
  readonly quietHours: { readonly from: string; readonly to: string };
  /** Whether a purpose needs the customer's consent, or holds until he objects. */
  readonly consent: Readonly<Record<MessagePurpose, 'NEEDED' | 'ASSUMED'>>;
  /** Minutes from a failed attempt to the next; as many further attempts as there are entries. */
  readonly retryMinutes: readonly number[];
  /** Minutes after which an attempt that nobody heard of again counts as failed. */
  readonly attemptTimeoutMinutes: number;
  /** Different customers whom a project manager visits in depth each month (COM-02). */
  readonly inDepthVisitsPerMonth: number;
}

/** The defaults of the rulebook: source 3, 5.1.2 and 5.2.4; the rest are readings. */
export const defaultCommunicationsPolicy: CommunicationsPolicy = {
  companyName: '安居物业',
  templateFields: {
    projectName: 'OF_MESSAGE',
    date: 'OF_MESSAGE',
    fromTime: 'OF_MESSAGE',
    toTime: 'OF_MESSAGE',
    place: 'OF_MESSAGE',
    matter: 'OF_MESSAGE',
    result: 'OF_MESSAGE',
    amount: 'OF_MESSAGE',
    contactName: 'OF_MESSAGE',
    contactPhone: 'OF_MESSAGE',
    customerName: 'OF_RECIPIENT',
    home: 'OF_RECIPIENT',
  },
  longestText: { SMS: 500, WECHAT: 2_000, EMAIL: 20_000 },
  longestValue: 500,
  largestAudience: 50_000,
  approverRole: 'PROJECT_MANAGER',
  quietHours: { from: '21:00', to: '08:00' },
  consent: {
    SERVICE_NOTICE: 'ASSUMED',
    CASE_REPLY: 'ASSUMED',
    CONTRACT_NOTICE: 'ASSUMED',
    FEE_REMINDER: 'ASSUMED',
    SURVEY: 'NEEDED',
    INVITATION: 'NEEDED',
    MARKETING: 'NEEDED',
  },
  retryMinutes: [1, 5, 30, 120],
  attemptTimeoutMinutes: 10,
  inDepthVisitsPerMonth: 3,
};

/** What holds in the project, and which the rules take as an argument. */
export interface CommunicationsEnvironment {
  readonly policy: CommunicationsPolicy;
  /** IANA name, of the project. */
  readonly timeZone: string;
}
