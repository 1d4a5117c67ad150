import type { DataSource } from 'typeorm';
import type { Cipher } from '@anju/access';
import type { Clock } from '@anju/kernel';
import type { Carrier, CarrierAnswer, OutgoingCopy } from './carrier';

/** Where a copy lies encrypted: it can be read there only. */
export const recordedCopyPlace = 'recorded_copy.sealed';

/** Sends nothing: it records what would go out, sealed. Stands in where no provider was agreed upon. */
export class RecordingCarrier implements Carrier {
  constructor(
    private readonly dataSource: DataSource,
    private readonly cipher: Cipher,
    private readonly clock: Clock,
  ) {}

  async send({ deliveryId, attempt, ...copy }: OutgoingCopy): Promise<CarrierAnswer> {
    const sealed = this.cipher.encrypt(JSON.stringify(copy), recordedCopyPlace);
    await this.dataSource.query(
      `insert into recorded_copy (delivery_id, attempt, sealed, recorded_at) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [deliveryId, attempt, sealed, this.clock.now()],
    );
    return { outcome: 'ACCEPTED', code: 'RECORDED' };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
