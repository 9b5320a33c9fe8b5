import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { cursorOf, idOfCursor } from "@/lib/cases/page";
import { asPerson, type Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { type CameBack, readCameBackNow } from "./read-came-back";
import { readUnreleased, readUnreleasedBookings, type UnreleasedService } from "./read-delivered";
import { clinicKey, supplierKey } from "./payee";
import { readTaxSettings } from "./read-invoicing";
import { readKept } from "./read-kept";
import { readProofs } from "./read-proofs";
import {
  type DeliveredService,
  hospitalLines,
  keptLine,
  type Releasable,
  type ReleasableLine,
  supplierLine,
  type WaitReason,
} from "./release";
import { splitTax, type TaxRules } from "./tax";

const BOOKINGS_SHOWN = 50;

/** A line that goes to nobody yet, and why. */
export interface WaitingLine {
  serviceId: string;
  bookingId: string;
  bookingNumber: string;
  kind: string;
  amountMinor: bigint;
  currency: string;
  reason: WaitReason;
  /** Who served it, where several did: one of them is named. */
  suppliers?: { id: string; name: string }[];
}

/** What can be proposed, and whether the last payment to its payee's account came back. */
export interface DueRelease extends Releasable {
  cameBack: CameBack | null;
}

export interface Unreleased {
  due: Releasable[];
  waiting: WaitingLine[];
}

/** Everything that was delivered and stands in no release, page by page of bookings. Rides and talks are read by the system. */
export async function releasableFor(
  finance: Finance,
  cursor?: string,
): Promise<{ due: DueRelease[]; waiting: WaitingLine[]; next: string | null }> {
  const after = cursor ? idOfCursor(cursor) : null;
  const page = await asPerson(systemActor("releases"), async (tx) => {
    const found = await readUnreleasedBookings(tx, after, BOOKINGS_SHOWN + 1);
    const ids = found.slice(0, BOOKINGS_SHOWN);
    const last = ids.at(-1);
    return {
      ...(await readReleasable(tx, ids)),
      next: found.length > BOOKINGS_SHOWN && last ? cursorOf(last) : null,
    };
  });
  // Accounts are read by finance alone.
  const keys = page.due.map((one) => one.payeeKey);
  const cameBackOf = await asPerson(finance, (tx) => readCameBackNow(tx, keys));
  return { ...page, due: page.due.map((one) => ({ ...one, cameBack: cameBackOf(one.payeeKey) })) };
}

/** What of some bookings can be passed on, by booking and payee, delivered and called off apart, and what waits for something first. */
export async function readReleasable(tx: Tx, bookingIds: readonly string[]): Promise<Unreleased> {
  const rows = await readUnreleased(tx, bookingIds);
  const known = { rules: (await readTaxSettings(tx)).rules, ...(await readOfSuppliers(tx, rows)) };
  const groups = new Map<string, Releasable>();
  const waiting: WaitingLine[] = [];
  const wait = (row: UnreleasedService, reason: WaitReason) =>
    waiting.push({ ...row, serviceId: row.id, reason });
  const add = (row: UnreleasedService, { payee, payeeKey }: Payee, lines: ReleasableLine[]) => {
    const { contract, bookingId, bookingNumber, caseId, currency } = row;
    // A proven cost leaves by itself: nobody who delivered waits until there is money for it.
    const isKept = lines.some((line) => line.evidence === "cancellation_kept");
    const key = `${bookingId} ${contract} ${isKept ? "kept" : "delivered"} ${payeeKey}`;
    const group = groups.get(key) ?? {
      bookingId,
      bookingNumber,
      caseId,
      currency,
      contract,
      payee,
      payeeKey,
      lines: [],
    };
    group.lines.push(...lines);
    if (group.lines.length > 0) groups.set(key, group);
  };
  const ofHospitals: UnreleasedService[] = [];
  for (const row of rows) {
    const line = lineOf(row, known);
    if (typeof line === "string") wait(row, line);
    else if (line) add(row, await payeeOf(tx, row, line.supplierId), [line.line]);
    else ofHospitals.push(row);
  }
  for (const id of new Set(ofHospitals.map((row) => row.bookingId))) {
    const services = ofHospitals.filter((row) => row.bookingId === id);
    const account = await readNewestAccount(tx, id);
    const [first] = services;
    if (first && account) {
      const passedOnMinor = await readPassedOn(tx, id);
      add(
        first,
        await payeeOf(tx, first, null),
        hospitalLines(services.flatMap(delivered), { ...account, passedOnMinor }),
      );
    } else for (const row of services) wait(row, "no_account");
  }
  return { due: [...groups.values()], waiting: await withSuppliers(tx, waiting, known.proofs) };
}

/** The names of those who shared a line. */
async function withSuppliers(
  tx: Tx,
  waiting: readonly WaitingLine[],
  proofs: Suppliers["proofs"],
): Promise<WaitingLine[]> {
  const idsOf = ({ serviceId, reason }: WaitingLine) => {
    const proof = proofs.get(serviceId);
    return reason === "several_suppliers" && proof && "missing" in proof ? (proof.supplierIds ?? []) : [];
  };
  const ids = waiting.flatMap(idsOf);
  if (ids.length === 0) return [...waiting];
  const select = { id: true, name: true } as const;
  const known = await tx.supplier.findMany({ where: { id: { in: ids } }, select, orderBy: { name: "asc" } });
  return waiting.map((line) => {
    const own = idsOf(line);
    return own.length === 0 ? line : { ...line, suppliers: known.filter(({ id }) => own.includes(id)) };
  });
}

type Suppliers = Awaited<ReturnType<typeof readOfSuppliers>> & { rules: TaxRules };

/** The line of one service, or why it waits; null for what the hospital's account decides. */
function lineOf(
  row: UnreleasedService,
  { rules, proofs, taxOf, keptOf }: Suppliers,
): { line: ReleasableLine; supplierId: string | null } | WaitReason | null {
  if (!row.isPaid) return "not_paid";
  const { markId, keptMinor, markedAt } = row;
  if (markId !== null && keptMinor !== null && markedAt !== null) {
    // What a refund gives back in whole is not held for anybody: the rest of a proven cost is ours to bear.
    const ofRefundMinor = keptOf.get(row.id) ?? 0n;
    if (ofRefundMinor === 0n) return "nothing_kept";
    const mark = { id: markId, keptMinor: keptMinor < ofRefundMinor ? keptMinor : ofRefundMinor, markedAt };
    return { line: keptLine(row, mark), supplierId: row.supplierId };
  }
  const [service] = delivered(row);
  if (!service) return "not_delivered";
  if (row.contract === "A") return null;
  const proof = proofs.get(row.id);
  if (!proof) return "not_delivered";
  if ("missing" in proof) return proof.missing;
  const line = supplierLine(service, proof, rules, taxOf.get(row.id));
  return line ? { line, supplierId: row.supplierId ?? proof.supplierId } : "no_tax_rule";
}

function delivered(row: UnreleasedService): DeliveredService[] {
  return row.deliveredAt ? [{ ...row, deliveredAt: row.deliveredAt }] : [];
}

async function readOfSuppliers(tx: Tx, rows: readonly UnreleasedService[]) {
  return {
    ...{ proofs: await readProofs(tx, rows), taxOf: await readInvoicedTax(tx, rows) },
    keptOf: await readKeptOf(tx, rows),
  };
}

/** What the refund rules keep of the services of cancelled bookings somebody is owed something for. */
async function readKeptOf(tx: Tx, rows: readonly UnreleasedService[]): Promise<Map<string, bigint>> {
  const keptOf = new Map<string, bigint>();
  const ended = rows.filter((row) => row.keptMinor !== null).map((row) => row.bookingId);
  for (const bookingId of new Set(ended))
    for (const [serviceId, keptMinor] of await readKept(tx, systemActor("releases"), bookingId))
      keptOf.set(serviceId, keptMinor);
  return keptOf;
}

/** The hospital's account that counts; an older one is owed no more. */
export function readNewestAccount(tx: Tx, bookingId: string) {
  return tx.billAccount.findFirst({
    where: { bookingId },
    orderBy: { version: "desc" },
    select: { id: true, owedMinor: true },
  });
}

/** What of contract A stands in a live release by the hospital's account. */
async function readPassedOn(tx: Tx, bookingId: string): Promise<bigint> {
  const { _sum } = await tx.releaseLine.aggregate({
    where: { bookingId, isLive: true, release: { contract: "A" }, evidence: { not: "cancellation_kept" } },
    _sum: { amountMinor: true },
  });
  return _sum.amountMinor ?? 0n;
}

/** The tax of what stands on an invoice already; where that names a part of it, the tax of the whole by the same rate. */
async function readInvoicedTax(tx: Tx, rows: readonly UnreleasedService[]): Promise<Map<string, bigint>> {
  const amountOf = new Map(rows.map((row) => [row.id, row.amountMinor]));
  const lines = await tx.invoiceLine.findMany({
    where: { serviceId: { in: rows.map((row) => row.id) }, creditsLineId: null },
    select: { serviceId: true, grossMinor: true, taxMinor: true, rateBp: true },
  });
  return new Map(
    lines.map(({ serviceId, grossMinor, taxMinor, rateBp }) => {
      const amountMinor = amountOf.get(serviceId) ?? grossMinor;
      return [serviceId, amountMinor === grossMinor ? taxMinor : splitTax(amountMinor, rateBp).taxMinor];
    }),
  );
}

type Payee = Pick<Releasable, "payee" | "payeeKey">;

/** Who is paid: the centre, or the supplier where one is known; else nobody is named yet. */
async function payeeOf(
  tx: Tx,
  { contract, clinicId, clinicName }: UnreleasedService,
  supplierId: string | null,
): Promise<Payee> {
  if (contract === "A") return { payee: clinicName, payeeKey: clinicKey(clinicId) };
  const supplier = supplierId
    ? await tx.supplier.findUnique({ where: { id: supplierId }, select: { id: true, name: true } })
    : null;
  return supplier
    ? { payee: supplier.name, payeeKey: supplierKey(supplier.id) }
    : { payee: "", payeeKey: "" };
}
