/** An id of the moment the row was made, as the product draws them: the newest stand at the end of each index. */
const id = (kind: string) => `(h.key || ${kind} || h.tail)::uuid`;
/** Of several rows of one booking, each by its place among them. */
const nth = (kind: string) => id(`'${kind}' || to_hex(t.bench_at)`);
const CASE = id("'100'");
const REVIEW = id("'200'");
const ESTIMATE = id("'300'");
const BOOKING = id("'400'");
const PAYMENT = id("'500'");
const PERSON = `('01900000-0000-7600' || h.person)::uuid`;
const parents = { bookingId: BOOKING, caseId: CASE };

const PAID = `h.state IN ('awaiting_centre', 'confirmed', 'completed')`;
const byEnd = (type: string, done: string, cancelled: string, open: string) =>
  `CASE h.state WHEN 'completed' THEN '${done}' WHEN 'cancelled' THEN '${cancelled}' ELSE ${open} END::"${type}"`;

export interface Copy {
  table: string;
  /** The rows that are copied for each booking; none where the rows are written out. */
  like: "booking" | "case" | "patient" | null;
  /** What differs from the pattern's row; `h` is the booking, `t` the row. */
  set: Record<string, string>;
  /** What else is asked of the pattern, or the rows that are written out. */
  also?: string;
  /** For which bookings. */
  where?: string;
  /** How many a booking has in the end of each row it began with. */
  times?: number;
}

const LINE = `(SELECT l.position FROM "EstimateLine" l WHERE l.id = r."lineId") AS line`;
/** Of claims and of what goes by them: the place of the claim among those of its booking, and who is claimed. */
const claimed = (
  claim: string,
) => `(SELECT count(*) FROM "Claim" k WHERE k."bookingId" = r."bookingId" AND k.id <= ${claim}) AS claim,
  (SELECT p.kind FROM "Resource" p WHERE p.id = r."resourceId") AS who`;
const who = `CASE t.who WHEN 'driver' THEN h.driver ELSE h.interpreter END`;
/** Each claim of a booking has a quarter of the day, each booking of a place an hour in it: nobody is in two places. */
const startsAt = `h."on" + make_interval(hours => (t.claim::int - 1) * 6 + h.hour)`;
const endsAt = `${startsAt} + interval '55 minutes'`;
const trip = {
  ...parents,
  resourceId: who,
  claimId: id(`'44' || t.claim`),
  createdAt: "h.made",
  updatedAt: "h.made",
};

export const COPIES: readonly Copy[] = [
  {
    ...{ table: "Person", like: "patient", where: "NOT h.again" },
    set: { id: PERSON, email: `'old' || h.n || '@bench.valvia.test'`, createdAt: "h.made" },
  },
  {
    ...{ table: "Case", like: "case" },
    set: {
      ...{
        id: CASE,
        number: `'OLD-' || h.n`,
        patientId: PERSON,
        contactName: `'Anna ' || left(md5(h.n::text), 7)`,
      },
      ...{
        createdAt: "h.made",
        updatedAt: "h.made",
        submittedAt: "h.made",
        nextDueAt: `h.made + interval '3 days'`,
      },
      stage: byEnd(
        "CaseStage",
        "closed",
        "cancelled",
        `CASE h.state WHEN 'held' THEN 'contracting' ELSE 'preparing' END`,
      ),
      closedAt: `CASE WHEN h.state IN ('completed', 'cancelled') THEN h."on" + interval '60 days' END`,
    },
  },
  {
    table: "CaseAccess",
    like: "case",
    set: { id: id("'110'"), caseId: CASE, personId: PERSON, grantedAt: "h.made" },
  },
  {
    ...{ table: "CaseAccess", like: "case" },
    set: {
      ...{ id: id("'111'"), caseId: CASE, personId: "NULL", clinicId: "h.clinic" },
      scopes: `'{clinic}'::"AccessScope"[]`,
    },
  },
  {
    table: "Review",
    like: "case",
    set: { id: REVIEW, caseId: CASE, clinicId: "h.clinic", requestedById: PERSON },
  },
  {
    ...{ table: "Estimate", like: "case" },
    set: { ...{ id: ESTIMATE, reviewId: REVIEW, caseId: CASE, clinicId: "h.clinic" }, createdAt: "h.made" },
  },
  {
    ...{ table: "EstimateLine", like: "case" },
    set: { id: id(`'31' || t.position`), estimateId: ESTIMATE, caseId: CASE },
  },
  {
    ...{ table: "Booking", like: "booking" },
    set: {
      ...{ id: BOOKING, number: `'OLD-' || h.n`, caseId: CASE, patientId: PERSON, estimateId: ESTIMATE },
      ...{
        clinicId: "h.clinic",
        slotId: "h.slot",
        state: `h.state::"BookingState"`,
        treatmentOn: `h."on"`,
        createdAt: "h.made",
      },
      holdExpiresAt: `CASE WHEN h.state = 'held' THEN h.made + interval '3 days' END`,
      paidAt: `CASE WHEN ${PAID} THEN h.made + interval '1 day' END`,
      confirmedAt: `CASE WHEN h.state IN ('confirmed', 'completed') THEN h.made + interval '2 days' END`,
      completedAt: `CASE WHEN h.state = 'completed' THEN h."on" + interval '9 days' END`,
      cancelledAt: `CASE WHEN h.state = 'cancelled' THEN h.made + interval '3 days' END`,
      cancelCause: `CASE WHEN h.state = 'cancelled' THEN 'hold_expired' END`,
    },
  },
  {
    table: "BookingService",
    like: "booking",
    also: LINE,
    set: { ...parents, id: nth("41"), lineId: id(`'31' || t.line`) },
  },
  {
    ...{ table: "Contract", like: "booking" },
    set: {
      ...{ ...parents, id: nth("42"), issuedAt: "h.made" },
      signedAt: `CASE WHEN ${PAID} THEN h.made + interval '1 hour' END`,
      signedName: `CASE WHEN ${PAID} THEN 'Anna Petrova' END`,
      signedById: `CASE WHEN ${PAID} THEN ${PERSON} END`,
    },
  },
  {
    ...{ table: "PlanItem", like: "booking" },
    set: {
      ...{ ...parents, id: id(`'43' || t.position`), dueOn: `h."on"` },
      state: byEnd(
        "PlanItemState",
        "paid",
        "cancelled",
        `CASE WHEN t.position = 1 AND ${PAID} THEN 'paid' ELSE 'planned' END`,
      ),
      paidMinor: `CASE WHEN h.state = 'completed' OR (t.position = 1 AND ${PAID}) THEN t."amountMinor" ELSE 0 END`,
      paidAMinor: `CASE WHEN h.state = 'completed' OR (t.position = 1 AND ${PAID}) THEN t."contractAMinor" ELSE 0 END`,
    },
  },
  {
    ...{ table: "Claim", like: "booking", also: claimed("r.id") },
    set: {
      ...{ id: id(`'44' || t.claim`), bookingId: BOOKING, resourceId: who, startsAt, endsAt },
      state: byEnd(
        "ClaimState",
        "booked",
        "released",
        `CASE h.state WHEN 'held' THEN 'held' ELSE 'booked' END`,
      ),
      holdExpiresAt: `CASE WHEN h.state = 'held' THEN h.made + interval '3 days' END`,
    },
  },
  {
    ...{ table: "Transfer", like: "booking", also: claimed(`r."claimId"`) },
    set: {
      ...trip,
      id: nth("45"),
      pickupAt: startsAt,
      state: byEnd("TransferState", "done", "cancelled", "'requested'"),
    },
  },
  {
    ...{ table: "InterpreterAssignment", like: "booking", also: claimed(`r."claimId"`) },
    set: {
      ...trip,
      id: nth("46"),
      startsAt,
      endsAt,
      state: byEnd("InterpreterAssignmentState", "done", "cancelled", "'requested'"),
    },
  },
  {
    ...{ table: "Payment", like: null, where: PAID, also: "(VALUES (1)) r(bench_at)" },
    set: {
      ...{
        ...parents,
        id: PAYMENT,
        planItemId: id("'431'"),
        payerId: PERSON,
        method: "'card'",
        state: `'succeeded'::"PaymentState"`,
      },
      ...{
        currency: "'EUR'",
        amountMinor: "700000",
        contractAMinor: "680000",
        createdAt: "h.made",
        succeededAt: "h.made",
      },
      ...{
        idempotencyKey: `'old-' || h.n`,
        sessionId: `'cs_old_' || h.n`,
        paymentIntentId: `'pi_old_' || h.n`,
      },
    },
  },
  {
    ...{ table: "LedgerTx", like: null, where: PAID, also: "(VALUES (1), (2)) r(bench_at)" },
    set: {
      ...{
        id: nth("51"),
        kind: "'payment'",
        reference: `'old:' || h.n || ':' || t.bench_at`,
        bookingId: BOOKING,
      },
      ...{ paymentId: PAYMENT, memo: "'Deposit'", at: "h.made" },
    },
  },
  {
    ...{ table: "LedgerEntry", like: null, where: PAID },
    also: `(SELECT row_number() OVER () AS bench_at, * FROM (VALUES (1, 'psp_clearing', NULL, 700000), (1, 'client_funds_held', 'A', -680000),
      (1, 'operator_fee_deferred', 'B', -20000), (2, 'psp_clearing', NULL, 2700000), (2, 'client_funds_held', 'A', -2700000)) v(tx, account, contract, sum)) r`,
    set: {
      ...{
        id: nth("52"),
        txId: id("'51' || t.tx"),
        account: `t.account::"LedgerAccount"`,
        contract: `t.contract::"ContractKind"`,
      },
      ...{ currency: "'EUR'", amountMinor: "t.sum", bookingId: BOOKING, at: "h.made" },
    },
  },
  { table: "CaseEvent", like: "case", times: 5, set: { id: nth("12"), caseId: CASE, at: "h.made" } },
  {
    ...{ table: "AuditEvent", like: "case", times: 5 },
    set: { id: nth("13"), caseId: CASE, actorId: PERSON, objectId: `${BOOKING}::text`, at: "h.made" },
  },
];
