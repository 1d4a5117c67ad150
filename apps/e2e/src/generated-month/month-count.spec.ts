import { countMonth } from './month-count';
import { planMonth } from './month-plan';
import { Story } from './planned-step';
import type { Counted } from './tally';
import { minutesOf, monthBounds, oneWorkingDayAfter, wallTime } from './wall-time';

const desk = 'FRONT_DESK';
const at = (text: string): number => minutesOf(`2026-${text}`);
const sum = (numerator: number): Counted => ({ numerator, denominator: null });
const share = (numerator: number, denominator: number): Counted => ({ numerator, denominator });
const july = (...stories: Story[]) =>
  countMonth(
    stories.flatMap(({ steps }) => steps),
    '2026-07',
  );

function contact(name: string, received: string, facts: object, insideWarranty = false): Story {
  return new Story(name)
    .at(at(received), desk, 'recordInteraction', {
      channel: 'PHONE',
      customers: [0],
      insideWarranty,
      topic: 'ANY',
      facts: facts as never,
    })
    .at(at(received), desk, 'confirmInteractionClass', { class: null, causeClass: null });
}

function close(story: Story, time: string): Story {
  return story
    .at(at(time), desk, 'tellCustomer', { kind: 'RESULT' })
    .at(at(time), desk, 'closeInteraction', {});
}

const appointment = (from: string, to: string) => ({ fromAt: `2026-${from}`, toAt: `2026-${to}` });
const equipment = 'EQUIPMENT_DEPARTMENT';

function repair(name: string, doneAt: string, moved = false): Story {
  const story = contact(name, '07-01 10:00', { matter: 'FAULT' });
  story.at(at('07-01 10:00'), desk, 'issueWorkOrder', appointment('07-02 10:00', '07-02 12:00'));
  if (moved) {
    story.at(at('07-02 09:10'), desk, 'rescheduleWorkOrder', appointment('07-03 10:00', '07-03 12:00'));
  }
  return close(story.at(at(doneAt), equipment, 'finishWorkOrder', {}), doneAt);
}

function complaint(name: string, people: number, more: (story: Story) => Story): Story {
  const customers = Array.from({ length: people }, (_, index) => index);
  const story = new Story(name)
    .at(at('07-01 10:00'), desk, 'recordInteraction', {
      ...{ channel: 'VISIT', customers, insideWarranty: false, topic: 'LIFT' },
      facts: { matter: 'FAULT', wantsToComplain: true },
    })
    .at(at('07-01 10:00'), desk, 'confirmInteractionClass', { class: null, causeClass: 'CLASS_1' })
    .at(at('07-01 10:03'), desk, 'acknowledgeComplaint', {});
  return more(story);
}
const supervisor = 'SERVICE_SUPERVISOR';

describe('working days', () => {
  it.each([
    // Monday to Tuesday, Friday to Monday, and the weekend to the end of Monday.
    ['03-02 15:00', '03-03 15:00'],
    ['03-06 17:00', '03-09 17:00'],
    ['03-07 11:00', '03-09 18:00'],
    ['03-08 16:00', '03-09 18:00'],
  ])('%s and one working day is %s', (from, to) => {
    expect(wallTime(oneWorkingDayAfter(at(from)))).toBe(`2026-${to}`);
  });

  it('knows the bounds of a month', () => {
    const { from, to } = monthBounds('2026-02');
    expect([wallTime(from), wallTime(to)]).toEqual(['2026-02-01 00:00', '2026-03-01 00:00']);
  });
});

describe('the count of contacts', () => {
  it('goes by the class confirmed, and by the one that the facts speak for', () => {
    const own = contact('a', '07-01 10:00', { matter: 'FAULT', faultDuty: 'COMPANY' });
    const builders = contact('b', '07-01 10:00', { matter: 'FAULT', faultDuty: 'BUILDER' }, true);
    const partners = contact('c', '07-01 11:00', { matter: 'FAULT', partnersEquipment: true });
    const wrong = new Story('d')
      .at(at('07-31 16:00'), desk, 'recordInteraction', {
        ...{ channel: 'WEB', customers: [0], insideWarranty: false, topic: 'ANY' },
        facts: { matter: 'QUESTION' },
      })
      .at(at('07-31 16:00'), desk, 'confirmInteractionClass', { class: 'SPECIAL_SERVICE', causeClass: null });
    const august = contact('e', '08-01 09:30', { matter: 'QUESTION' });
    const counted = july(own, builders, partners, wrong, august);
    expect(counted).toMatchObject({
      contacts_received: sum(4),
      'contacts_received RECTIFICATION': sum(1),
      'contacts_received SPECIAL_SERVICE': sum(1),
      'contacts_received PHONE': sum(3),
      'contacts_received 10': sum(2),
      service_items: sum(3),
      classified_as_proposed: share(3, 4),
    });
    expect(counted['contacts_received ENQUIRY']).toBeUndefined();
  });

  it('finds each silence of two days once, also the one that ends at its very end', () => {
    const told = (name: string, ...times: string[]) => {
      const story = contact(name, '07-01 10:00', { matter: 'QUESTION' });
      for (const time of times) story.at(at(time), desk, 'tellCustomer', { kind: 'PROGRESS' });
      return story;
    };
    expect(july(told('in time', '07-03 09:59'))['customers_left_without_word']).toBeUndefined();
    expect(july(told('at its end', '07-03 10:00'))['customers_left_without_word']).toEqual(sum(1));
    expect(july(told('twice', '07-05 10:00', '07-20 10:00'))).toMatchObject({
      customers_left_without_word: sum(2),
      first_reply_hours: share(96, 1),
    });
  });

  it('knows an appointment kept, missed at its very end, moved, and missed for the second time', () => {
    const [kept, atTheEnd] = [repair('kept', '07-02 11:59'), repair('end', '07-02 12:00')];
    const [moved, twice] = [repair('moved', '07-03 11:00', true), repair('twice', '07-03 14:00', true)];
    expect(july(kept, moved)).toMatchObject({ work_orders_on_time: share(2, 2), work_orders_done: sum(2) });
    expect(july(kept, moved)['work_orders_overdue']).toBeUndefined();
    expect(july(kept, atTheEnd, moved, twice)).toMatchObject({
      work_orders_issued: sum(4),
      work_orders_on_time: share(2, 4),
      work_orders_overdue: sum(2),
      second_misses: sum(1),
      'follow_up_entered ENGINEERING': sum(2),
      // None for the one that was done at the end, two hours for the other.
      follow_up_hours: share(2, 2),
    });
  });

  it('counts each word to a customer, and as evidence what was missed', () => {
    const told = contact('told', '07-01 10:00', { matter: 'QUESTION' });
    told.at(at('07-03 10:00'), desk, 'tellCustomer', { kind: 'PROGRESS' });
    const late = repair('twice', '07-03 14:00', true);
    expect(july(close(told, '07-03 11:00'), late)).toMatchObject({
      customer_words: sum(3),
      'customer_words PROGRESS': sum(1),
      'customer_words REPLY': sum(2),
      // The silence of two days of each, and the appointment missed for the second time.
      evidence_arrived: sum(3),
      evidence_waiting: sum(3),
      'evidence_arrived CLOCK_MISSED': sum(2),
      'evidence_arrived APPOINTMENT_BREACHED': sum(1),
    });
  });

  it('counts a broken promise on the day of the promise', () => {
    const vendor = (name: string, arrived: string) => {
      const story = contact(name, '07-30 10:00', { matter: 'FAULT', partnersEquipment: true })
        .at(at('07-30 10:02'), desk, 'openVendorFollowUp', { promisedAt: '2026-07-31 15:00' })
        .at(at(arrived), desk, 'recordFollowUpArrival', {});
      return close(story.at(at(arrived), desk, 'closeFollowUp', {}), arrived);
    };
    const counted = july(
      vendor('in time', '07-31 14:59'),
      vendor('at the moment', '07-31 15:00'),
      vendor('late', '08-01 09:30'),
    );
    expect(counted).toMatchObject({
      vendor_promises_missed: sum(2),
      follow_up_entered: sum(3),
      contacts_closed: sum(2),
    });
  });
});

describe('the count of complaints', () => {
  const settled = (responded: string) => (story: Story) =>
    story
      .at(at(responded), supervisor, 'respondToComplaint', {})
      .at(at('07-03 11:00'), supervisor, 'resolveComplaint', {})
      .at(at('07-05 10:00'), supervisor, 'recordReturnVisit', { satisfaction: 4 });

  it('keeps a general one to its response and its return visit', () => {
    const counted = july(
      complaint('in time', 2, settled('07-02 09:59')),
      complaint('at the moment', 1, settled('07-02 10:00')),
    );
    expect(counted).toMatchObject({
      'complaints_received GENERAL': sum(2),
      responses_within_one_working_day: share(1, 2),
      return_visits_within_three_days: share(2, 2),
      complaint_hours_to_resolution: share(98, 2),
      satisfaction: share(8, 2),
      second_complaints: share(0, 2),
    });
    expect(counted['demand_forms_on_time']).toBeUndefined();
    expect(counted['special_reports_on_time']).toBeUndefined();
  });

  it('asks of a group for a demand form and a special report', () => {
    const counted = july(
      complaint('three', 3, (story) =>
        settled('07-01 11:00')(story.at(at('07-01 10:30'), supervisor, 'fileDemandForm', {})).at(
          at('07-10 10:59'),
          supervisor,
          'submitSpecialReport',
          {},
        ),
      ),
      complaint('ten', 10, (story) =>
        settled('07-01 11:00')(story).at(at('07-10 11:00'), supervisor, 'submitSpecialReport', {}),
      ),
    );
    expect(counted).toMatchObject({
      'complaints_received HOT': sum(1),
      'complaints_received MAJOR': sum(1),
      complaints_major: sum(1),
      demand_forms_on_time: share(1, 2),
      special_reports_on_time: share(1, 2),
    });
  });

  it('makes hot what is a week old, and asks for the form from then on', () => {
    const aged = (filed: string) => (story: Story) =>
      story
        .at(at('07-01 11:00'), supervisor, 'respondToComplaint', {})
        .at(at(filed), supervisor, 'fileDemandForm', {})
        .at(at('07-10 11:00'), supervisor, 'resolveComplaint', {})
        .at(at('07-12 10:00'), supervisor, 'recordReturnVisit', { satisfaction: 3 })
        .at(at('07-15 10:00'), supervisor, 'submitSpecialReport', {});
    expect(
      july(complaint('a', 1, aged('07-08 12:00')), complaint('b', 1, aged('07-09 10:00'))),
    ).toMatchObject({
      'complaints_received HOT': sum(2),
      demand_forms_on_time: share(1, 2),
      special_reports_on_time: share(2, 2),
    });
  });

  it('starts everything anew for one that comes back', () => {
    const counted = july(
      complaint('back', 1, (story) =>
        story
          .at(at('07-01 11:00'), supervisor, 'respondToComplaint', {})
          .at(at('07-02 11:00'), supervisor, 'resolveComplaint', {})
          .at(at('07-03 11:00'), supervisor, 'recordReturnVisit', { satisfaction: 2 })
          .at(at('07-06 12:00'), supervisor, 'respondToComplaint', {})
          .at(at('07-06 10:00'), supervisor, 'fileDemandForm', {})
          .at(at('07-07 10:00'), supervisor, 'resolveComplaint', {})
          .at(at('07-08 10:00'), supervisor, 'recordReturnVisit', { satisfaction: 4 })
          .at(at('07-13 10:00'), supervisor, 'submitSpecialReport', {}),
      ),
    );
    expect(counted).toMatchObject({
      'complaints_received HOT': sum(1),
      second_complaints: share(1, 1),
      // Friday 11:00 to Monday 11:00: the second answer is late, the form is not.
      responses_within_one_working_day: share(1, 2),
      demand_forms_on_time: share(1, 1),
      special_reports_on_time: share(1, 1),
      return_visits_within_three_days: share(2, 2),
      satisfaction: share(6, 2),
      complaint_hours_to_resolution: share(144, 1),
    });
  });
});

describe('the count of sales', () => {
  const consultant = 'PROPERTY_CONSULTANT';
  const lead = (name: string, kind: 'CALL' | 'VISIT', ...followUps: string[]) => {
    const story = new Story(name).at(at('07-01 10:00'), consultant, 'recordLead', {
      kind,
      source: 'WEB',
      customer: 1,
    });
    for (const time of followUps) story.at(at(time), consultant, 'followUpLead', { outcome: 'INTERESTED' });
    return story;
  };

  it('knows who was followed up, too late, and too little', () => {
    expect(july(lead('kept', 'CALL', '07-03 09:59', '07-10 09:58'))).toMatchObject({
      lead_follow_up_compliance: share(1, 1),
      lead_follow_ups_made: sum(2),
    });
    expect(july(lead('late', 'CALL', '07-03 10:00', '07-10 10:00'))).toMatchObject({
      lead_follow_up_compliance: share(1, 1),
      lead_follow_ups_missed: sum(2),
    });
    expect(july(lead('little', 'VISIT', '07-03 09:59', '07-10 09:58'))).toMatchObject({
      lead_follow_up_compliance: share(0, 1),
      lead_follow_ups_missed: sum(1),
      leads_under_followed: sum(1),
      lead_conversion: share(0, 1),
    });
    expect(july(lead('forgotten', 'CALL'))).toMatchObject({
      lead_follow_ups_missed: sum(1),
      leads_under_followed: sum(1),
    });
  });

  const signed = (name: string, submitted: string | null, returned: string | null, told: string | null) => {
    const story = new Story(name)
      .at(at('06-25 10:00'), consultant, 'recordLead', { kind: 'VISIT', source: 'WEB', customer: 1 })
      .at(at('06-29 10:00'), consultant, 'openSale', { unit: 0 })
      .at(at('07-01 10:00'), 'SIGNING_SPECIALIST', 'draftContract', {
        area: '89.32',
        unitPrice: '15800.05',
        discount: '1000.00',
      })
      .at(at('07-01 11:00'), 'SIGNING_SPECIALIST', 'signContract', {});
    if (submitted) story.at(at(submitted), 'SIGNING_SPECIALIST', 'submitFiling', {});
    if (returned) story.at(at(returned), 'SIGNING_SPECIALIST', 'noteFilingReturned', {});
    if (told) story.at(at(told), 'SIGNING_SPECIALIST', 'tellContractReturned', {});
    return story;
  };

  it('knows what was filed in time, in how many days, and whether the buyer was told', () => {
    expect(
      july(
        signed('kept', '07-05 10:00', '07-19 10:00', '07-19 11:00'),
        signed('late', '07-31 11:00', '08-05 10:00', '08-05 11:00'),
        signed('never', null, null, null),
        signed('told late', '07-05 10:00', '07-20 10:00', '07-21 10:00'),
      ),
    ).toMatchObject({
      contracts_signed: sum(4),
      // 89.32 × 15,800.05 = 1,411,260.466, less 1,000.
      contracts_amount: sum(4 * 1_410_260.47),
      contracts_filed: sum(2),
      filing_days: share(18 + 19, 2),
      filings_on_time: share(2, 4),
      filings_overdue: sum(2),
      buyers_told_of_return: share(1, 2),
      leads_won: sum(4),
    });
  });
});

describe('the count of a generated month', () => {
  const { steps } = planMonth('2026-07', 7);
  const counted = countMonth(steps, '2026-07');

  it('adds up', () => {
    expect(counted['contacts_received']).toEqual(sum(1_000));
    expect(counted['complaints_received']).toEqual(sum(100));
    const byDimension = (metric: string, ...values: string[]) =>
      values.reduce((total, value) => total + (counted[`${metric} ${value}`]?.numerator ?? 0), 0);
    expect(byDimension('complaints_received', 'GENERAL', 'HOT', 'MAJOR')).toBe(100);
    expect(byDimension('complaints_received', 'CLASS_1', 'CLASS_2', 'CLASS_3')).toBe(100);
    expect(byDimension('leads_received', 'CALL', 'VISIT')).toBe(counted['leads_received']!.numerator);
  });

  it('has something kept and something missed of every duty', () => {
    const duties = [
      'work_orders_on_time',
      'classified_as_proposed',
      'second_complaints',
      'responses_within_one_working_day',
      'demand_forms_on_time',
      'special_reports_on_time',
      'return_visits_within_three_days',
      'lead_follow_up_compliance',
      'lead_conversion',
      'filings_on_time',
      'buyers_told_of_return',
    ];
    for (const duty of duties) {
      const { numerator, denominator } = counted[duty]!;
      expect([duty, numerator > 0, numerator < denominator!]).toEqual([duty, true, true]);
    }
    for (const miss of [
      'customers_left_without_word',
      'second_misses',
      'vendor_promises_missed',
      'leads_under_followed',
      'filings_overdue',
      'complaints_major',
    ]) {
      expect([miss, counted[miss]!.numerator > 0]).toEqual([miss, true]);
    }
  });

  it('counts each contract once over the months', () => {
    const months = ['2026-05', '2026-06', '2026-07', '2026-08', '2026-09'].map((month) =>
      countMonth(steps, month),
    );
    const overMonths = (metric: string) =>
      months.reduce((total, each) => total + (each[metric]?.numerator ?? 0), 0);
    expect(overMonths('contracts_signed')).toBe(60);
    const returned = steps.filter(({ command }) => command === 'noteFilingReturned');
    expect(overMonths('contracts_filed')).toBe(returned.length);
    expect(returned.length).toBeLessThan(60);
    expect(overMonths('leads_received')).toBe(180);
  });
});
