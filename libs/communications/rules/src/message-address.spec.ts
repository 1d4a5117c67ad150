import { accepted, asStored, refusal, rule } from '@anju/testing';
import type { MessageChannel } from './channels';
import { maskMessageAddress, mergeAddressBooks, recordMessageAddress } from './message-address';
import { now } from './spec-support';

const record = (
  channel: MessageChannel,
  address: string | null,
  {
    state = null,
    addressee,
  }: { state?: Parameters<typeof recordMessageAddress>[0]; addressee?: string } = {},
) =>
  recordMessageAddress(
    state,
    { id: 'book-1', customerId: 'wang', channel, address, addressee, by: 'zhou' },
    now,
  );

describe('addresses for messages', () => {
  rule.each<{ channel: MessageChannel; address: string }>([
    { channel: 'EMAIL', address: 'wang.xiulan+home@mail.example.cn' },
    { channel: 'SMS', address: '13800138000' },
    { channel: 'SMS', address: '+8613800138000' },
    { channel: 'SMS', address: '+85291234567' },
    { channel: 'WECHAT', address: 'wang_xiulan-1' },
  ])('COM-05', '$address is one for $channel', ({ channel, address }) => {
    const book = accepted(record(channel, ` ${address} `));
    expect(book).toMatchObject({ customerId: 'wang', addresses: [{ channel, address }] });
    expect(asStored(book)).toEqual(book);
  });

  rule.each<{ channel: MessageChannel; address: string }>([
    { channel: 'EMAIL', address: 'wang' },
    { channel: 'EMAIL', address: 'wang@example' },
    { channel: 'EMAIL', address: 'a@b.example, c@d.example' },
    { channel: 'EMAIL', address: 'wang@example.cn\r\nBcc: all@example.cn' },
    { channel: 'EMAIL', address: '<wang@example.cn>' },
    { channel: 'SMS', address: '010-65000000' },
    { channel: 'SMS', address: '' },
    { channel: 'WECHAT', address: '1234' },
  ])('COM-05', '$address is none for $channel', ({ channel, address }) => {
    expect(refusal(record(channel, address))).toEqual({
      code: 'MESSAGE_ADDRESS_NOT_VALID',
      data: { channel },
    });
  });

  rule('COM-05', 'there is one for each channel, and none once it is taken off the record', () => {
    const first = accepted(record('EMAIL', 'old@example.cn', { addressee: '王女士' }));
    const both = accepted(record('SMS', '13800138000', { state: first }));
    const moved = accepted(record('EMAIL', 'new@example.cn', { state: both }));
    expect(moved).toMatchObject({ id: 'book-1', addressee: '王女士' });
    expect(moved.addresses).toEqual([
      { channel: 'SMS', address: '13800138000' },
      { channel: 'EMAIL', address: 'new@example.cn' },
    ]);
    const without = accepted(record('SMS', null, { state: moved, addressee: ' ' }));
    expect(without).toMatchObject({ addressee: null, addresses: [{ channel: 'EMAIL' }] });
    expect(refusal(record('SMS', null, { addressee: '长'.repeat(51) })).code).toBe('MESSAGE_VALUE_TOO_LONG');
  });

  rule('DIR-06', 'of two records of a customer the addresses of the one that stays come first', () => {
    const gone = accepted(
      record('SMS', '13900139000', { state: accepted(record('EMAIL', 'gone@example.cn')) }),
    );
    const stays = { ...accepted(record('SMS', '13800138000')), id: 'book-2', customerId: 'wang-2' };
    expect(mergeAddressBooks(stays, gone)).toMatchObject({
      customerId: 'wang-2',
      addresses: [
        { channel: 'SMS', address: '13800138000' },
        { channel: 'EMAIL', address: 'gone@example.cn' },
      ],
    });
  });

  rule('DIR-05', 'they are shown masked', () => {
    const shown = (channel: MessageChannel, address: string) => maskMessageAddress({ channel, address });
    expect(shown('SMS', '13800138000')).toBe('138****8000');
    expect(shown('EMAIL', 'wang@example.cn')).toBe('w****@example.cn');
    expect(shown('WECHAT', 'wangxiulan')).toBe('w****');
  });
});
