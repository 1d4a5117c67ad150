/** The numbers and codes of the reception rules, held per organisation and overridable per project. */
export interface ReceptionPolicy {
  /** REC-05: days of 24 h without a word to the customer after which an open contact is flagged. */
  readonly customerSilenceDays: number;
  /** REC-15: a matter that needs others and takes more than so many days is a communication item. */
  readonly communicationDays: number;
  /** REC-12: how often the company may move an appointment. */
  readonly companyMoves: number;
  /** REC-12: the miss that is a breach; a move by the company is the first miss as well. */
  readonly missesToBreach: number;
  /** REC-36: months owed from which the director has to be informed; the number itself is included. */
  readonly directorArrearsMonths: number;
  /** REC-36: codes of the positions in which somebody is the management-office director. */
  readonly directorPositions: readonly string[];
}

export const defaultReceptionPolicy: ReceptionPolicy = {
  customerSilenceDays: 2,
  communicationDays: 2,
  companyMoves: 1,
  missesToBreach: 2,
  directorArrearsMonths: 3,
  directorPositions: ['OFFICE_DIRECTOR'],
};
