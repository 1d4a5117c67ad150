import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Carrier, CarrierAnswer, OutgoingCopy } from './carrier';

export interface SmtpOptions {
  /** `smtp://` or `smtps://`, with user and password where the server asks for them. */
  readonly url: string;
  /** The one address that everything comes from. */
  readonly from: string;
  /** How long the server may stay silent. */
  readonly silenceMillis?: number;
}

const defaultSilenceMillis = 30_000;
/** Servers close a connection that nobody uses; this one does it before them. */
const idleMillis = 5_000;
const mostIdle = 4;

/** Its last byte was read: with it the server may have taken the message, whatever is heard of it. */
class SentText extends Readable {
  wasReadToTheEnd = false;

  constructor(private rest: Buffer | null) {
    super();
  }

  override _read(): void {
    const { rest } = this;
    this.rest = null;
    this.push(rest);
    if (rest === null) this.wasReadToTheEnd = true;
  }
}

/** Sends mail by SMTP; several connections, each for one message at a time. */
export class SmtpCarrier implements Carrier {
  private readonly server: SMTPConnection.Options;
  private readonly credentials: { user: string; pass: string } | null;
  private readonly idle = new Map<SMTPConnection, NodeJS.Timeout>();
  private readonly domain: string;

  constructor(private readonly options: SmtpOptions) {
    const { protocol, hostname, port, username, password } = new URL(options.url);
    const secure = protocol === 'smtps:';
    this.credentials = username
      ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
      : null;
    const silence = options.silenceMillis ?? defaultSilenceMillis;
    this.server = {
      host: hostname,
      port: port ? Number(port) : secure ? 465 : 25,
      secure,
      // A password never goes over an open line.
      requireTLS: !secure && this.credentials !== null,
      connectionTimeout: silence,
      greetingTimeout: silence,
      socketTimeout: silence,
    };
    this.domain = options.from.slice(options.from.lastIndexOf('@') + 1);
  }

  async send(copy: OutgoingCopy): Promise<CarrierAnswer> {
    const message = new MailComposer({
      from: this.options.from,
      to: { name: '', address: copy.address },
      subject: copy.subject ?? '',
      text: copy.text,
      messageId: `<${copy.deliveryId}@${this.domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    }).compile();
    const text = new SentText(await message.build());
    let connection: SMTPConnection | undefined;
    try {
      connection = await this.connection();
      await this.hand(connection, copy.address, text);
      this.keep(connection);
      return { outcome: 'ACCEPTED', code: null };
    } catch (error) {
      connection?.close();
      return answerOf(error, text.wasReadToTheEnd);
    }
  }

  close(): Promise<void> {
    for (const [connection, timer] of this.idle) {
      clearTimeout(timer);
      connection.quit();
    }
    this.idle.clear();
    return Promise.resolve();
  }

  private async connection(): Promise<SMTPConnection> {
    const [known] = this.idle;
    if (known) {
      const [connection, timer] = known;
      clearTimeout(timer);
      this.idle.delete(connection);
      return connection;
    }
    const connection = new SMTPConnection(this.server);
    await settled(connection, (done) => connection.connect(done));
    if (this.credentials) {
      const credentials = this.credentials;
      await settled(connection, (done) => connection.login({ credentials }, done)).catch((error: unknown) => {
        connection.close();
        throw error;
      });
    }
    return connection;
  }

  private hand(connection: SMTPConnection, to: string, text: SentText): Promise<void> {
    return settled(connection, (done) => connection.send({ from: this.options.from, to: [to] }, text, done));
  }

  private keep(connection: SMTPConnection): void {
    if (this.idle.size >= mostIdle) {
      connection.quit();
      return;
    }
    const drop = (): void => {
      clearTimeout(this.idle.get(connection));
      this.idle.delete(connection);
    };
    connection.once('error', drop);
    connection.once('end', drop);
    const timer = setTimeout(() => {
      drop();
      connection.quit();
    }, idleMillis);
    this.idle.set(connection, timer.unref());
  }
}

/** What the connection tells of an error, by its answer or by itself, whichever comes first. */
async function settled(
  connection: SMTPConnection,
  begin: (done: (error?: Error | null) => void) => void,
): Promise<void> {
  let fail: (error: Error) => void = () => undefined;
  const ended = (): void => fail(new Error('the connection ended'));
  try {
    await new Promise<void>((resolve, reject) => {
      fail = reject;
      connection.once('error', fail);
      connection.once('end', ended);
      begin((error) => (error ? reject(error) : resolve()));
    });
  } finally {
    connection.removeListener('error', fail);
    connection.removeListener('end', ended);
    // An error that comes later is of a connection that nobody uses any more.
    if (connection.listenerCount('error') === 0) connection.on('error', () => undefined);
  }
}

/** What a server refuses of one recipient or his copy; all else it refuses is of the whole service. */
const ofTheCopy: readonly unknown[] = ['RCPT TO', 'DATA'];

/** @param mayBeThere the whole text was given to the connection */
function answerOf(error: unknown, mayBeThere: boolean): CarrierAnswer {
  const { responseCode, code, command } = error as { responseCode?: number; code?: string; command?: string };
  if (responseCode !== undefined && responseCode >= 400) {
    const isForGood = responseCode >= 500 && ofTheCopy.includes(command);
    return { outcome: isForGood ? 'REJECTED' : 'TRY_AGAIN', code: String(responseCode) };
  }
  return { outcome: mayBeThere ? 'UNKNOWN' : 'TRY_AGAIN', code: code ?? null };
}
