import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { newId } from '@anju/kernel';
import { createTestDatabase, rule, silentLogger, until } from '@anju/testing';
import type { Row } from '@anju/testing-service';
import type { OutgoingCopy } from '../src/carrier';
import { SmtpCarrier } from '../src/smtp-carrier';
import { CommunicationsDesk } from './communications-desk';

interface Mailbox {
  readonly port: number;
  readonly mails: ParsedMail[];
  readonly raw: string[];
  readonly connections: () => number;
  /** Breaks every connection at once, as a crash does. */
  readonly breakDown: () => void;
  readonly close: () => Promise<void>;
}

const open: Mailbox[] = [];
const carriers: SmtpCarrier[] = [];

/** A mail server that takes everything, unless it is told otherwise. */
async function mailServer(options: SMTPServerOptions = {}): Promise<Mailbox> {
  const mails: ParsedMail[] = [];
  const raw: string[] = [];
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    onData: (stream, _session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        raw.push(text);
        void simpleParser(text).then((mail) => {
          mails.push(mail);
          done();
        });
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const mailbox: Mailbox = {
    ...{ port, mails, raw, connections: () => connections },
    breakDown: () => {
      const known = (server as unknown as { connections: Set<{ _socket: { destroy(): void } }> }).connections;
      for (const { _socket } of known) _socket.destroy();
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  open.push(mailbox);
  return mailbox;
}

function carrierFor(port: number, credentials = ''): SmtpCarrier {
  const url = `smtp://${credentials}127.0.0.1:${port}`;
  const carrier = new SmtpCarrier({ url, from: 'service@jinxiu.example', silenceMillis: 2_000 });
  carriers.push(carrier);
  return carrier;
}

function copy(change: Partial<OutgoingCopy> = {}): OutgoingCopy {
  return {
    ...{ deliveryId: newId(), attempt: 1, channel: 'EMAIL', address: 'wang@example.cn' },
    ...{ subject: '停水通知：6栋', text: '【安居物业】王女士您好，3月3日停水。' },
    ...change,
  };
}

/** A refusal as a mail server gives it. */
function refusal(responseCode: number): Error {
  return Object.assign(new Error('refused'), { responseCode });
}

afterEach(async () => {
  for (const carrier of carriers.splice(0)) await carrier.close();
  for (const mailbox of open.splice(0)) await mailbox.close();
});

describe('mail by SMTP', () => {
  rule('COM-05', 'it arrives as it was written, with the delivery as its Message-ID', async () => {
    const mailbox = await mailServer();
    const carrier = carrierFor(mailbox.port);
    const { deliveryId, ...first } = copy();
    expect(await carrier.send({ ...first, deliveryId })).toEqual({ outcome: 'ACCEPTED', code: null });
    expect(await carrier.send(copy())).toMatchObject({ outcome: 'ACCEPTED' });
    const [mail] = mailbox.mails;
    expect(mail).toMatchObject({
      subject: '停水通知：6栋',
      messageId: `<${deliveryId}@jinxiu.example>`,
      from: { value: [{ address: 'service@jinxiu.example' }] },
      to: { value: [{ address: 'wang@example.cn' }] },
    });
    expect(mail!.text?.trim()).toBe('【安居物业】王女士您好，3月3日停水。');
    expect(mailbox.connections()).toBe(1);
  });

  it('says what the server refused for now, and what for good', async () => {
    let code = 451;
    const mailbox = await mailServer({ onRcptTo: (_address, _session, done) => done(refusal(code)) });
    const carrier = carrierFor(mailbox.port);
    expect(await carrier.send(copy())).toEqual({ outcome: 'TRY_AGAIN', code: '451' });
    code = 550;
    expect(await carrier.send(copy())).toEqual({ outcome: 'REJECTED', code: '550' });
    expect(mailbox.mails).toEqual([]);
  });

  it('says what the server refused once it had read the text', async () => {
    const mailbox = await mailServer({
      onData: (stream, _session, done) => {
        stream.on('end', () => done(refusal(552)));
        stream.resume();
      },
    });
    expect(await carrierFor(mailbox.port).send(copy())).toEqual({ outcome: 'REJECTED', code: '552' });
  });

  rule('COM-05', 'where the connection is lost after the text, nobody knows', async () => {
    const mailbox: Mailbox = await mailServer({
      onData: (stream) => {
        stream.on('end', () => mailbox.breakDown());
        stream.resume();
      },
    });
    expect(await carrierFor(mailbox.port).send(copy())).toMatchObject({ outcome: 'UNKNOWN' });
  });

  it('knows that nothing was sent where the connection is lost before', async () => {
    const mailbox: Mailbox = await mailServer({ onRcptTo: () => mailbox.breakDown() });
    const carrier = carrierFor(mailbox.port);
    expect(await carrier.send(copy())).toMatchObject({ outcome: 'TRY_AGAIN' });
    await mailbox.close();
    expect(await carrier.send(copy())).toMatchObject({ outcome: 'TRY_AGAIN' });
  });

  it('does not wait for ever for a server that says nothing', async () => {
    const silent = await mailServer({ onMailFrom: () => undefined });
    const carrier = new SmtpCarrier({
      ...{ url: `smtp://127.0.0.1:${silent.port}`, from: 'service@jinxiu.example', silenceMillis: 100 },
    });
    expect(await carrier.send(copy())).toMatchObject({ outcome: 'TRY_AGAIN' });
    silent.breakDown();
    await carrier.close();
  });

  it('uses a new connection where the server ended the one that was kept', async () => {
    const mailbox = await mailServer();
    const carrier = carrierFor(mailbox.port);
    await carrier.send(copy());
    mailbox.breakDown();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await carrier.send(copy())).toMatchObject({ outcome: 'ACCEPTED' });
    expect(mailbox.connections()).toBe(2);
  });

  it('lets no value become a header or a recipient', async () => {
    const mailbox = await mailServer();
    const subject = '停水\r\nBcc: everybody@example.cn\r\n\r\nbody';
    const text = '第一行\r\n.\r\nRCPT TO:<everybody@example.cn>\r\n';
    expect(await carrierFor(mailbox.port).send(copy({ subject, text }))).toMatchObject({
      outcome: 'ACCEPTED',
    });
    const [mail] = mailbox.mails;
    expect(mailbox.mails).toHaveLength(1);
    expect(mail!.bcc).toBeUndefined();
    expect(mailbox.raw[0]!.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im);
    expect(mail!.text).toContain('RCPT TO:<everybody@example.cn>');
  });

  it('gives no password over an open line', async () => {
    const logins: unknown[] = [];
    const mailbox = await mailServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (auth, _session, done) => {
        logins.push(auth.username);
        done(null, { user: auth.username });
      },
    });
    const carrier = carrierFor(mailbox.port, 'anju:secret@');
    expect(await carrier.send(copy())).toMatchObject({ outcome: 'TRY_AGAIN' });
    expect(logins).toEqual([]);
    expect(mailbox.mails).toEqual([]);
  });

  rule('COM-05', 'the service sends by the server of its settings', async () => {
    const mailbox = await mailServer();
    const database = await createTestDatabase('communications');
    const settings = { smtpUrl: `smtp://127.0.0.1:${mailbox.port}`, smtpFrom: 'service@jinxiu.example' };
    const desk = await CommunicationsDesk.open(database.url, silentLogger, '2026-03-02 10:00', settings);
    const [wang, chen] = (await desk.customers(2)) as [string, string];
    await desk.reach(wang, 'wang@example.cn', '王女士', 'EMAIL');
    await desk.reach(chen, 'chen@example.cn', '陈先生', 'EMAIL');
    const email = { channel: 'EMAIL', subject: '{date}停水' };
    const id = await desk.approved([wang, chen], email);
    const counts = async (): Promise<unknown> => {
      const source = `query($id: ID!) { message(id: $id) { counts { delivered failed skipped } } }`;
      return ((await desk.read(desk.lin, source, { id }))['message'] as Row)['counts'];
    };
    await until('it was sent', async () => (await counts()) !== null, { patienceMillis: 20_000 });
    expect(await counts()).toEqual({ delivered: 2, failed: 0, skipped: 0 });
    const texts = mailbox.mails.map(({ subject, text }) => `${subject}: ${text!.trim()}`).sort();
    expect(texts).toEqual([
      '3月3日停水: 【安居物业】王女士您好，3月3日停水，敬请谅解。',
      '3月3日停水: 【安居物业】陈先生您好，3月3日停水，敬请谅解。',
    ]);
    await desk.close();
    await database.drop();
  });

  it('is only recorded, sealed, where no server is set', async () => {
    const database = await createTestDatabase('communications');
    const desk = await CommunicationsDesk.open(database.url, silentLogger, '2026-03-02 10:00', {});
    const [wang] = (await desk.customers(1)) as [string];
    await desk.reach(wang, 'wang@example.cn', '王女士', 'EMAIL');
    await desk.approved([wang], { channel: 'EMAIL', subject: '停水' });
    const recorded = () => desk.rows<{ sealed: string }>('select sealed from recorded_copy');
    await until('it was recorded', async () => (await recorded()).length > 0, { patienceMillis: 20_000 });
    const [{ sealed }] = (await recorded()) as [{ sealed: string }];
    expect(sealed).toMatch(/^v1\.k1\./);
    await desk.close();
    await database.drop();
  });
});
