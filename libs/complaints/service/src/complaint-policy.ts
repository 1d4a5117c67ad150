import { PolicyStore } from '@anju/commands';
import {
  complaintChannels,
  complaintClockKinds,
  complaintPolicyContradictions,
  complaintPolicyShape,
  defaultComplaintPolicy,
  documentRecipients,
  replyApprovers,
  reportRecipients,
  tellingChannels,
  type ComplaintPolicy,
} from '@anju/complaints-rules';
import { complaintsEvents } from '@anju/events';
import { versionedPolicy } from '@anju/policies';
import {
  ComplaintChannelEnum,
  ComplaintClockKindEnum,
  ReportRecipientEnum,
  TellingChannelEnum,
} from './graph-enums';
import { DocumentRecipientEnum, ReplyApproverEnum } from './work-enums';

export const complaintPolicies = new PolicyStore<ComplaintPolicy>(defaultComplaintPolicy);

/** The numbers of the complaint rules, with their versions. */
export const complaintPolicy = versionedPolicy<ComplaintPolicy>(
  {
    name: 'Complaint',
    context: 'complaints',
    store: complaintPolicies,
    rules: {
      defaults: defaultComplaintPolicy,
      shape: complaintPolicyShape,
      contradictions: complaintPolicyContradictions,
    },
    permissions: {
      read: 'complaints.policy.read',
      draft: 'complaints.policy.draft',
      putInForce: 'complaints.policy.putInForce',
    },
    changed: complaintsEvents.complaintPolicyChanged,
  },
  [
    { words: reportRecipients, type: ReportRecipientEnum },
    { words: complaintChannels, type: ComplaintChannelEnum },
    { words: tellingChannels, type: TellingChannelEnum },
    { words: complaintClockKinds, type: ComplaintClockKindEnum },
    { words: replyApprovers, type: ReplyApproverEnum },
    { words: documentRecipients, type: DocumentRecipientEnum },
  ],
);
