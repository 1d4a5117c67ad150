/** 王秀兰's home, contract, repairs, complaints and messages together, and what the metrics say of March. */
export const dayOneQuery = `
query DayOne {
  customers(filter: { search: "王秀兰" }) {
    nodes {
      name
      homes { home status warrantyEndsOn }
      contracts {
        nodes { number status unit { home } buyers { share customer { name } } price { total } filingNumber deedTaxDueOn }
      }
      interactions(first: 20) {
        nodes {
          number class: confirmedClass label receivedAt
          workOrders { fault status technician { name } doneAt }
          complaint { number status }
        }
      }
      complaints { nodes { number severity status } }
      messages { nodes { kind channel saidAt subject byStaff { name } } }
    }
  }
  metrics(input: { from: "2026-03-01", to: "2026-03-31", metrics: [
    service_items, complaints_received, complaints_major,
    responses_within_one_working_day, return_visits_within_three_days,
    contracts_signed, filing_days
  ] }) { metric value }
}
`;
