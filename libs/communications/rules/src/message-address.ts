import { accept, isBlank, refuse, type Decision } from '@anju/kernel';
import { messageChannels, type MessageChannel } from './channels';
import type { CommunicationsRefusal } from './refusals';

export const addressBookStatuses = ['RECORDED'] as const;
export type AddressBookStatus = (typeof addressBookStatuses)[number];

/** Where a customer gets messages by a channel. */
export interface MessageAddress {
  readonly channel: MessageChannel;
  /** A mailbox, a mobile number, or an account. */
  readonly address: string;
}

/**
 * Where a customer wants to get messages, and how he is spoken to in them (COM-05): what he gave for this purpose,
 * which need not be what the directory has of him.
 */
export interface AddressBookState {
  readonly id: string;
  /** A customer is one in all projects. */
  readonly projectId: null;
  readonly customerId: string;
  readonly status: AddressBookStatus;
  /** Such as 王女士; null when he has not said. */
  readonly addressee: string | null;
  /** At most one by channel. */
  readonly addresses: readonly MessageAddress[];
}

/** Says that, and never what: an address is in no event. */
export interface MessageAddressRecorded {
  readonly type: 'MessageAddressRecorded';
  readonly customerId: string;
  readonly channel: MessageChannel;
  readonly by: string;
  readonly at: Date;
}

/** Nothing that begins or ends a header, a command or a further recipient is in any of them. */
const forms: Readonly<Record<MessageChannel, RegExp>> = {
  EMAIL:
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/,
  SMS: /^(?:\+86)?1[3-9]\d{9}$|^\+(?!86)[1-9]\d{6,14}$/,
  WECHAT: /^[A-Za-z][A-Za-z0-9_-]{5,63}$/,
};

/** The longest way to speak to somebody. */
const longestAddressee = 50;

/**
 * Records where the customer wants to get messages by a channel, or that he does not any more.
 * @param state null for a customer of whom nothing is on record
 * @param command `address` null takes it off the record; `addressee` undefined leaves it as it is
 */
export function recordMessageAddress(
  state: AddressBookState | null,
  command: {
    readonly id: string;
    readonly customerId: string;
    readonly channel: MessageChannel;
    readonly address: string | null;
    readonly addressee?: string | null | undefined;
    readonly by: string;
  },
  at: Date,
): Decision<
  AddressBookState,
  MessageAddressRecorded,
  CommunicationsRefusal<'MESSAGE_ADDRESS_NOT_VALID' | 'MESSAGE_VALUE_TOO_LONG'>
> {
  const { id, customerId, channel, by } = command;
  const address = command.address?.trim() ?? null;
  if (address !== null && !forms[channel].test(address))
    return refuse('MESSAGE_ADDRESS_NOT_VALID', { channel });
  const said = command.addressee?.trim();
  if (said !== undefined && said.length > longestAddressee) {
    return refuse('MESSAGE_VALUE_TOO_LONG', { fields: ['addressee'], longest: longestAddressee });
  }
  const before: AddressBookState = state ?? {
    ...{ id, projectId: null, customerId, status: 'RECORDED', addressee: null, addresses: [] },
  };
  const addressee = command.addressee === undefined ? before.addressee : isBlank(said) ? null : said!;
  const others = before.addresses.filter((one) => one.channel !== channel);
  const addresses = address === null ? others : [...others, { channel, address }];
  return accept(
    { ...before, addressee, addresses },
    { type: 'MessageAddressRecorded', customerId: before.customerId, channel, by, at },
  );
}

/** Two records of one customer became one: what the one that stays has comes first (DIR-06). */
export function mergeAddressBooks(survivor: AddressBookState, gone: AddressBookState): AddressBookState {
  const addresses = messageChannels.flatMap(
    (channel) =>
      survivor.addresses.find((one) => one.channel === channel) ??
      gone.addresses.find((one) => one.channel === channel) ??
      [],
  );
  return { ...survivor, addressee: survivor.addressee ?? gone.addressee, addresses };
}

const stars = '****';

/** As it may be shown: enough to tell two apart, too little to write to (DIR-05). */
export function maskMessageAddress({ channel, address }: MessageAddress): string {
  if (channel === 'SMS') return `${address.slice(0, -8)}${stars}${address.slice(-4)}`;
  const [account = '', ...domain] = address.split('@');
  return [`${account.slice(0, 1)}${stars}`, ...domain].join('@');
}
