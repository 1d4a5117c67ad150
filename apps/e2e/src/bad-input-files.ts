import type { Ids } from './bad-input-values';
import type { Makers, Workshop } from './bad-input-workshop';
import { sendFile } from './file-client';

/** Uploads that complaints can be tried with. */
export class FileMakers {
  constructor(private readonly workshop: Workshop) {}

  readonly makers: Makers = {
    attachToComplaint: async () => ({ ...(await this.complaint()), fileId: await this.upload() }),
    detachFromComplaint: async () => {
      const { complaintId } = await this.complaint();
      const fileId = await this.upload();
      const attached = { id: complaintId, fileIds: [fileId] };
      await this.workshop.make('attachToComplaint', 'Complaint', attached);
      return { complaintId: complaintId!, attachmentId: fileId };
    },
  };

  private complaint(): Promise<Ids> {
    return this.workshop.fresh('Complaint');
  }

  private async upload(): Promise<string> {
    const { everybody, ids } = this.workshop;
    const text = Buffer.from('电梯又停了');
    const { status, json } = await sendFile(everybody, ids['projectId']!, {
      name: '说明.txt',
      content: text,
    });
    if (status !== 201) throw new Error(`the stage could not be set: an upload ${JSON.stringify(json)}`);
    return json['id'] as string;
  }
}
