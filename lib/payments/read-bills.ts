import "server-only";
import type { ClinicManager, ClinicReviewer, Coordinator, Finance, Patient } from "@/lib/kernel/actor";
import { bookingsOf } from "@/lib/bookings/scope";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { type BilledBooking, liveBills, wasTreated } from "./bill";
import { type Mirror, type MirrorBill, type MirrorLine, mirrorOf, type StoredMatch } from "./bill-mirror";

export type BillReader = Patient | ClinicManager | ClinicReviewer | Coordinator | Finance;

const billSelect = {
  ...{ id: true, version: true, source: true, state: true, number: true, issuedOn: true, totalMinor: true },
  ...{
    correctsId: true,
    enteredById: true,
    enteredByName: true,
    enteredAt: true,
    checkedAt: true,
    reason: true,
  },
  file: { select: { filename: true, mediaType: true, sizeBytes: true, sha256: true } },
  lines: {
    select: {
      ...{ id: true, billId: true, position: true, code: true, kind: true, wording: true },
      ...{ quantity: true, unit: true, amountMinor: true },
    },
    orderBy: { position: "asc" },
  },
} satisfies Prisma.BillSelect;

const counted = { state: true, provenAt: true, contract: true } satisfies Prisma.ChangeOrderSelect;

const bookingSelect = {
  ...{ id: true, number: true, caseId: true, clinicId: true, currency: true, contractAMode: true },
  ...{ state: true, treatmentOn: true },
  estimate: { select: { exclusions: true } },
  services: {
    select: {
      ...{ id: true, kind: true, amountMinor: true, lineId: true, changeLineId: true, deliveredAt: true },
      line: {
        select: {
          ...{ contract: true, label: true, quantity: true, unit: true },
          ...{ lowMinor: true, expectedMinor: true, highMinor: true },
        },
      },
      changeLine: {
        select: { label: true, quantity: true, unit: true, changeOrder: { select: counted } },
      },
      changes: { select: { changeOrder: { select: counted } } },
    },
    orderBy: [{ line: { position: "asc" } }, { id: "asc" }],
  },
  bills: { select: billSelect, orderBy: { version: "asc" } },
  matches: {
    select: {
      ...{ id: true, version: true, authorRole: true, authorName: true, madeAt: true },
      lines: { select: { billLineId: true, serviceId: true, cause: true, note: true } },
    },
    orderBy: { version: "desc" },
    take: 1,
  },
  accounts: { orderBy: { version: "desc" }, take: 1 },
} satisfies Prisma.BookingSelect;

/** A day that was confirmed; after a death also one that was cancelled when the treatment was done. */
const BILLABLE = [
  { state: { in: ["confirmed", "completed"] } },
  { state: "cancelled", services: { some: { kind: "treatment", deliveredAt: { not: null } } } },
] as const satisfies readonly Prisma.BookingWhereInput[];

type Row = Prisma.BookingGetPayload<{ select: typeof bookingSelect }>;

export interface BillsRead {
  booking: Omit<Row, "services" | "bills" | "matches" | "accounts" | "estimate"> & BilledBooking;
  exclusions: string[];
  bills: MirrorBill[];
  mirror: Mirror;
  account: Row["accounts"][number] | null;
}

/** The bills of a booking beside what was agreed; null for a stranger and for no row. */
export function billsOfBooking(actor: BillReader, bookingId: string): Promise<BillsRead | null> {
  return asPerson(actor, (tx) => readBills(tx, actor, bookingId));
}

/** The same for every booking of a case a hospital may have billed, the newest first. */
export function billsOfCase(actor: BillReader, caseId: string): Promise<BillsRead[]> {
  return asPerson(actor, async (tx) => {
    const rows = await tx.booking.findMany({
      where: { AND: [{ caseId }, { OR: [...BILLABLE] }, bookingsOf(actor)] },
      orderBy: { id: "desc" },
      take: 20,
      select: { id: true },
    });
    const read: BillsRead[] = [];
    for (const { id } of rows) {
      const one = await readBills(tx, actor, id);
      if (one) read.push(one);
    }
    return read;
  });
}

/** Inside a transaction, as this actor sees it. */
export async function readBills(tx: Tx, actor: BillReader, bookingId: string): Promise<BillsRead | null> {
  const row = await tx.booking.findFirst({
    where: { AND: [{ id: bookingId }, bookingsOf(actor)] },
    select: bookingSelect,
  });
  if (!row) return null;
  const { services, bills: rows, matches, accounts, estimate, ...facts } = row;
  const booking = { ...facts, isTreated: wasTreated(services) };
  const bills: MirrorBill[] = rows.map((bill) => ({
    ...bill,
    lines: bill.lines.map((line) => ({ ...line, quantity: Number(line.quantity) })),
  }));
  const stored: StoredMatch | null = matches[0] ?? null;
  // A centre the patient no longer lets in sees its own invoices, and no estimate.
  const exclusions = (estimate as Row["estimate"] | null)?.exclusions ?? [];
  const mirror = mirrorOf(liveBills(bills), linesOf(row), exclusions, stored);
  return { booking, exclusions, bills, mirror, account: accounts[0] ?? null };
}

/** Of a booking that was cancelled afterwards what was done stays agreed; what was not goes by the refund rules. */
function linesOf({ state, services }: Pick<Row, "state" | "services">): MirrorLine[] {
  const stands = state !== "cancelled";
  return services.filter((service) => stands || service.deliveredAt !== null).flatMap(lineOf);
}

/** A booked line of contract A at what is agreed now; the others are not the hospital's. */
function lineOf({ line, changeLine, changes, ...service }: Row["services"][number]): MirrorLine[] {
  const contract = line?.contract ?? changeLine?.changeOrder.contract;
  const by = line ?? changeLine;
  const lineId = service.lineId ?? service.changeLineId;
  if (contract !== "A" || !by || !lineId) return [];
  const isChanged = changeLine !== null || changes.some(({ changeOrder }) => doesCount(changeOrder));
  const { id, kind, amountMinor: agreedMinor } = service;
  return [
    {
      ...{ id, lineId, kind, agreedMinor, isChanged, label: by.label, unit: by.unit },
      quantity: Number(by.quantity),
      highMinor: line?.highMinor ?? null,
      estimate: line && {
        lowMinor: line.lowMinor,
        expectedMinor: line.expectedMinor,
        highMinor: line.highMinor,
      },
    },
  ];
}

function doesCount({ state, provenAt }: { state: string; provenAt: Date | null }): boolean {
  return state === "accepted" || provenAt !== null;
}
