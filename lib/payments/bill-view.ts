import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { dayOf } from "@/lib/kernel/day";
import { moneyView } from "@/lib/kernel/money";
import { moneySchema } from "@/lib/estimates/views";
import { BILL_CAUSES, BILL_SOURCES, BILL_STATES, liveBills } from "./bill";
import { billForm, judgeBillForm, matchBillsForm, settleBillsForm } from "./bill-form";
import { doesStand, type MirrorBill, type MirrorBillLine, type NotedLine } from "./bill-mirror";
import type { BillsRead } from "./read-bills";

const shares = { owed: moneySchema, waiting: moneySchema, notOwed: moneySchema };

const billLineSchema = z.object({
  id: z.uuid(),
  billId: z.uuid(),
  position: z.int(),
  code: z.string().nullable(),
  kind: z.string().nullable(),
  wording: z.string(),
  quantity: z.number(),
  unit: z.string(),
  amount: moneySchema,
  ...shares,
  cause: z.enum(BILL_CAUSES),
  note: z.string().nullable(),
});

const rowSchema = z.object({
  lineId: z.uuid().describe("As the booking's services name it."),
  kind: z.string(),
  label: z.string().nullable(),
  quantity: z.number(),
  unit: z.string(),
  estimate: z
    .object({ low: moneySchema, expected: moneySchema, high: moneySchema })
    .nullable()
    .describe("By the accepted estimate; null for a line an accepted change has added."),
  agreed: moneySchema.describe("Now, with every accepted change."),
  changed: z.boolean(),
  billed: moneySchema,
  cause: z.enum(BILL_CAUSES),
  note: z.string().nullable(),
  lines: z.array(billLineSchema),
});

const billSchema = z.object({
  id: z.uuid(),
  version: z.int(),
  source: z.enum(BILL_SOURCES),
  state: z.enum(BILL_STATES),
  counts: z.boolean().describe("Confirmed, and not corrected by a later one."),
  number: z.string(),
  issuedOn: z.string(),
  total: moneySchema,
  corrects: z.uuid().nullable(),
  enteredBy: z.string(),
  enteredAt: z.string(),
  reason: z.string().nullable(),
  file: z.object({ filename: z.string(), mediaType: z.string(), sizeBytes: z.int(), sha256: z.string() }),
});

export const billsSchema = z.object({
  bookingId: z.uuid(),
  bookingNumber: z.string(),
  caseId: z.uuid(),
  currency: z.string(),
  paidToHospital: z.boolean().describe("The hospital is paid on its own invoice: no money of it moves here."),
  bills: z.array(billSchema),
  rows: z.array(rowSchema).describe("Each booked line with what was billed for it."),
  others: z.array(billLineSchema).describe("Billed lines that stand for nothing booked."),
  exclusions: z.array(z.string()),
  sums: z.object({ agreed: moneySchema, ceiling: moneySchema, billed: moneySchema, ...shares }),
  matchedBy: z
    .object({ role: z.string(), name: z.string(), at: z.string() })
    .nullable()
    .describe("Null while the match is only proposed."),
  account: z
    .object({
      version: z.int(),
      settledAt: z.string(),
      stands: z
        .boolean()
        .describe("Closed by what is billed, agreed and compared now; else it is closed anew."),
      billed: moneySchema,
      owed: moneySchema,
      refund: moneySchema,
      lowered: moneySchema,
    })
    .nullable(),
});
export type BillsView = z.output<typeof billsSchema>;
export type BillView = BillsView["bills"][number];
export type BillRow = BillsView["rows"][number];
export type BilledLineView = BillsView["others"][number];

/** Both columns as their reader sees them. */
export function billsView(read: BillsRead): BillsView {
  const { booking, bills, mirror, exclusions, account } = read;
  const { currency } = booking;
  const money = (amountMinor: bigint) => moneyView(amountMinor, currency);
  const live = new Set(liveBills(bills).map((bill) => bill.id));
  const { sums, by } = mirror;
  return {
    ...{ bookingId: booking.id, bookingNumber: booking.number, caseId: booking.caseId, currency, exclusions },
    paidToHospital: booking.contractAMode === "direct",
    bills: bills.map((bill) => billView(bill, live.has(bill.id), currency)),
    rows: mirror.lines.map((line) => rowView(read, line)),
    others: linesView(read, null),
    sums: {
      ...{ agreed: money(sums.agreedMinor), ceiling: money(sums.ceilingMinor) },
      ...{ billed: money(sums.billedMinor), owed: money(sums.owedMinor) },
      ...{ waiting: money(sums.waitingMinor), notOwed: money(sums.notOwedMinor) },
    },
    matchedBy: by && { role: by.authorRole, name: by.authorName, at: by.madeAt.toISOString() },
    account: account && {
      ...{ version: account.version, settledAt: account.settledAt.toISOString() },
      stands: doesStand(account, mirror),
      ...{ billed: money(account.billedMinor), owed: money(account.owedMinor) },
      ...{ refund: money(account.refundMinor), lowered: money(account.loweredMinor) },
    },
  };
}

function billView(bill: MirrorBill, counts: boolean, currency: string): BillView {
  const { id, version, source, state, number, reason, file } = bill;
  return {
    ...{ id, version, source, state, counts, number, reason },
    ...{ issuedOn: dayOf(bill.issuedOn), total: moneyView(bill.totalMinor, currency) },
    ...{ corrects: bill.correctsId, enteredBy: bill.enteredByName },
    enteredAt: bill.enteredAt.toISOString(),
    file: { ...file, sizeBytes: Number(file.sizeBytes) },
  };
}

function rowView(read: BillsRead, line: BillsRead["mirror"]["lines"][number]): BillRow {
  const { currency } = read.booking;
  const money = (amountMinor: bigint) => moneyView(amountMinor, currency);
  const lines = linesView(read, line.id);
  const said = read.mirror.match.find((one) => one.serviceId === line.id);
  const { lineId, kind, label, quantity, unit, estimate, agreedMinor, isChanged } = line;
  return {
    ...{ lineId, kind, label, quantity, unit, changed: isChanged, agreed: money(agreedMinor), lines },
    estimate: estimate && {
      low: money(estimate.lowMinor),
      expected: money(estimate.expectedMinor),
      high: money(estimate.highMinor),
    },
    billed: { amount: lines.reduce((sum, one) => sum + one.amount.amount, 0), currency },
    cause: said?.cause ?? (agreedMinor === 0n ? "as_estimated" : "not_delivered"),
    note: lines.length === 0 ? (said?.note ?? null) : null,
  };
}

function linesView({ booking, mirror }: BillsRead, serviceId: string | null): BilledLineView[] {
  const billed = new Map(mirror.billed.map((line) => [line.id, line]));
  return mirror.match
    .filter((said) => said.billLineId !== null && said.serviceId === serviceId)
    .flatMap((said) => {
      const line = billed.get(said.billLineId ?? "");
      return line ? [lineView(line, said, { mirror, currency: booking.currency })] : [];
    });
}

function lineView(
  line: MirrorBillLine,
  { cause, note }: NotedLine,
  { mirror, currency }: Pick<BillsRead, "mirror"> & { currency: string },
): BilledLineView {
  const { id, billId, position, code, kind, wording, quantity, unit, amountMinor } = line;
  const share = mirror.shares.get(id);
  const money = (minor: bigint) => moneyView(minor, currency);
  return {
    ...{ id, billId, position, code, kind, wording, quantity, unit, cause, note, amount: money(amountMinor) },
    owed: money(share?.owedMinor ?? amountMinor),
    waiting: money(share?.waitingMinor ?? 0n),
    notOwed: money(share?.notOwedMinor ?? 0n),
  };
}

const fileSchema = z.object({
  id: z.uuid(),
  filename: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  sha256: z.string(),
});

const tag = "Bills";
const shown = { description: "The bills of the booking beside what was agreed.", schema: billsSchema };
const nameForm = z.object({ filename: z.string().max(200).optional() });

/** The hospital's original invoice, line by line beside the accepted estimate. */
export const billsApi: ApiOperation[] = [
  {
    method: "post",
    path: "/bookings/{id}/bill-uploads",
    tag,
    summary:
      "Send the original of an invoice as the body: PDF, JPEG or PNG, at most 25 MB, with its Content-Length",
    roles: ["clinic_manager", "coordinator"],
    query: nameForm,
    answers: { 201: { description: "Kept, byte for byte.", schema: fileSchema } },
    refusals: ["invalid_bill_file", "bill_file_infected", "too_large", "too_many", "short_body"],
  },
  {
    method: "get",
    path: "/bookings/{id}/bills",
    tag,
    summary: "The hospital's invoices beside the accepted estimate, line by line",
    roles: ["patient", "clinic", "coordinator", "finance"],
    answers: { 200: shown },
  },
  {
    method: "post",
    path: "/bookings/{id}/bills",
    tag,
    summary:
      "Enter the invoice a file holds, with its lines; `corrects` names the one it stands for. From a coordinator it waits for a second person and corrects none the centre entered. From the treatment on until the case is closed, and after a death that followed the treatment",
    roles: ["clinic_manager", "coordinator"],
    body: billForm,
    answers: { 201: shown },
    refusals: [
      ...["invalid_bill_file", "invalid_bill_total", "invalid_other_currency", "invalid_corrects"],
      "invalid_corrects_centre",
      ...["invalid_day_ahead", "bill_known", "illegal_transition", "forbidden"],
    ],
  },
  {
    method: "post",
    path: "/bookings/{id}/bill-match",
    tag,
    summary: "Say which booked line each billed line stands for, and why they differ",
    roles: ["clinic_manager", "finance"],
    body: matchBillsForm,
    answers: { 200: shown },
    refusals: ["no_bill", "invalid_line", "invalid_bill_cause"],
  },
  {
    method: "post",
    path: "/bookings/{id}/settle",
    tag,
    summary: "Close the account by the hospital's bills; a surplus is proposed to go back at once",
    roles: ["finance"],
    body: settleBillsForm,
    answers: { 200: shown },
    refusals: [
      ...["no_bill", "bill_waiting", "change_waiting", "account_differs", "account_settled"],
      "already_released",
      ...["change_being_paid", "illegal_transition"],
    ],
  },
  {
    method: "post",
    path: "/bills/{id}/judge",
    tag,
    summary: "Confirm or refuse an invoice somebody else took from the centre's letter",
    roles: ["coordinator"],
    body: judgeBillForm,
    answers: { 200: shown },
    refusals: ["own_work", "illegal_transition", "invalid_corrects_centre"],
  },
  {
    method: "get",
    path: "/bills/{id}/content",
    tag,
    summary: "The original, byte for byte",
    roles: ["patient", "clinic", "coordinator", "finance"],
    answers: { 200: { description: "The file, as an attachment." } },
  },
];
