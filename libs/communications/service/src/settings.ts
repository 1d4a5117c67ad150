import { optional, secret, text, type Relation } from '@anju/settings';

/** What this service reads from its environment besides what every service does. */
export const communicationsSettings = {
  smtpUrl: optional(
    secret('SMTP_URL', {
      about:
        'The mail server, smtp://user:password@host:port or smtps://…; not set: e-mails are recorded, not sent.',
    }),
  ),
  smtpFrom: optional(text('SMTP_FROM', { about: 'The address that e-mails come from.' })),
};

export const communicationsRelations: readonly Relation[] = [
  { variable: 'SMTP_URL', needs: ['SMTP_FROM'] },
  { variable: 'SMTP_FROM', needs: ['SMTP_URL'] },
];
