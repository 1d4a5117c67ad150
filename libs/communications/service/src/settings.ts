import { mailbox, optional, smtpUrl, type Relation } from '@anju/settings';

/** What this service reads from its environment besides what every service does. */
export const communicationsSettings = {
  smtpUrl: optional(
    smtpUrl('SMTP_URL', { about: 'The mail server; not set: e-mails are recorded, and not sent.' }),
  ),
  smtpFrom: optional(mailbox('SMTP_FROM', { about: 'The mailbox that all e-mails come from.' })),
};

export const communicationsRelations: readonly Relation[] = [
  { variable: 'SMTP_URL', needs: ['SMTP_FROM'] },
  { variable: 'SMTP_FROM', needs: ['SMTP_URL'] },
];
