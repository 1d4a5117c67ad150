import { Column } from 'typeorm';
import { encryptedColumn, type EncryptedColumn } from '@anju/access';

/**
 * A part of the aggregate that is personal data: a text column that holds its JSON encrypted (DIR-05).
 * @param place table and column; what is moved elsewhere cannot be read
 */
export function SealedColumn(place: string): PropertyDecorator {
  const encrypted = encryptedColumn(place);
  const transformer: EncryptedColumn = {
    encryptedFor: place,
    to: (value: unknown): unknown => (value === undefined ? value : encrypted.to(JSON.stringify(value))),
    from: (value: unknown): unknown => JSON.parse(encrypted.from(value) as string),
  };
  return Column('text', { transformer });
}
