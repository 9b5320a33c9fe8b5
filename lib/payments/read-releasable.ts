import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { asPerson, type Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { readTaxSettings } from "./read-invoicing";
import {
  type DeliveredService,
  type Evidence,
  hospitalLines,
  type Releasable,
  type ReleasableLine,
  supplierLine,
} from "./release";

const AT_ONCE_MAX = 200;

interface Row extends DeliveredService {
  bookingId: string;
  bookingNumber: string;
  caseId: string;
  clinicName: string;
  currency: string;
  contract: "A" | "B";
  supplierId: string | null;
}

interface Proof {
  evidence: Evidence;
  evidenceId: string;
  supplierId: string | null;
}

/** Everything that was delivered, is proven and stands in no release, by booking and payee. Rides and talks are read by the system. */
export function releasableFor(_finance: Finance): Promise<Releasable[]> {
  return asPerson(systemActor("releases"), (tx) => readReleasable(tx, null));
}

/** The same for one booking, in a transaction that may read it. */
export async function readReleasable(tx: Tx, bookingId: string | null): Promise<Releasable[]> {
  const rows = await readDelivered(tx, bookingId);
  const { rules } = await readTaxSettings(tx);
  const groups = new Map<string, Releasable>();
  const add = (row: Row, payee: string, lines: ReleasableLine[]) => {
    const { contract, bookingNumber, caseId, currency } = row;
    const key = `${row.bookingId} ${contract} ${payee}`;
    const group = groups.get(key) ?? {
      ...{ bookingId: row.bookingId, bookingNumber, caseId, currency, contract, payee, lines: [] },
    };
    group.lines.push(...lines);
    if (group.lines.length > 0) groups.set(key, group);
  };
  const proofs = await readProofs(tx, rows);
  const taxOf = await readInvoicedTax(tx, rows);
  for (const row of rows.filter((one) => one.contract === "B")) {
    const proof = proofs.get(row.id);
    const line = proof && supplierLine(row, proof, rules, taxOf.get(row.id));
    if (proof && line) add(row, await payeeName(tx, row.supplierId ?? proof.supplierId), [line]);
  }
  const ofHospitals = rows.filter((row) => row.contract === "A");
  for (const id of new Set(ofHospitals.map((row) => row.bookingId))) {
    const services = ofHospitals.filter((row) => row.bookingId === id);
    const [first] = services;
    const account = await readNewestAccount(tx, id);
    if (first && account) {
      const passedOnMinor = await readPassedOn(tx, id);
      add(first, first.clinicName, hospitalLines(services, { ...account, passedOnMinor }));
    }
  }
  return [...groups.values()];
}

/** The hospital's account that counts; an older one is owed no more. */
export function readNewestAccount(tx: Tx, bookingId: string) {
  return tx.billAccount.findFirst({
    where: { bookingId },
    orderBy: { version: "desc" },
    select: { id: true, owedMinor: true },
  });
}

/** What of contract A stands in a release nobody has refused. */
async function readPassedOn(tx: Tx, bookingId: string): Promise<bigint> {
  const { _sum } = await tx.releaseLine.aggregate({
    where: { bookingId, isLive: true, release: { contract: "A" } },
    _sum: { amountMinor: true },
  });
  return _sum.amountMinor ?? 0n;
}

function readDelivered(tx: Tx, bookingId: string | null): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT s.id, s.kind, s."amountMinor", s."deliveredAt", s."supplierId", b.id AS "bookingId", b.number AS "bookingNumber",
           b."caseId", b.currency, k.name AS "clinicName", COALESCE(e.contract, o.contract)::text AS contract
      FROM "BookingService" s JOIN "Booking" b ON b.id = s."bookingId" JOIN "Clinic" k ON k.id = b."clinicId"
      LEFT JOIN "EstimateLine" e ON e.id = s."lineId" LEFT JOIN "ChangeOrderLine" c ON c.id = s."changeLineId"
      LEFT JOIN "ChangeOrder" o ON o.id = c."changeOrderId"
     WHERE s."deliveredAt" IS NOT NULL AND s."amountMinor" > 0 AND s.kind <> 'operator_fee' AND b."paidAt" IS NOT NULL
       AND (${bookingId}::uuid IS NULL OR b.id = ${bookingId}::uuid)
       AND (COALESCE(e.contract, o.contract) = 'B' OR b."contractAMode" = 'held_by_operator')
       AND NOT EXISTS (SELECT 1 FROM "ReleaseLine" l WHERE l."serviceId" = s.id AND l."isLive")
     ORDER BY b.number, s.id LIMIT ${AT_ONCE_MAX}`;
}

/** The tax of what stands on an invoice already. */
async function readInvoicedTax(tx: Tx, rows: readonly Row[]): Promise<Map<string, bigint>> {
  const lines = await tx.invoiceLine.findMany({
    where: { serviceId: { in: rows.map((row) => row.id) }, creditsLineId: null },
    select: { serviceId: true, taxMinor: true },
  });
  return new Map(lines.map((line) => [line.serviceId, line.taxMinor]));
}

/**
 * What proves each delivered service of contract B; one that nothing proves is left out, and so are talks of interpreters
 * of several suppliers under one line: nobody has said what of it is whose.
 */
async function readProofs(tx: Tx, rows: readonly Row[]): Promise<Map<string, Proof>> {
  const where = { bookingId: { in: rows.map((row) => row.bookingId) } };
  const select = { id: true, bookingId: true, resourceId: true } as const;
  const orderBy = { id: "asc" } as const;
  const rides = await tx.transfer.findMany({
    where: { ...where, state: "done" },
    orderBy,
    select: { ...select, direction: true },
  });
  const talks = await tx.interpreterAssignment.findMany({
    where: { ...where, state: "done", minutes: { not: null } },
    orderBy,
    select,
  });
  const parcels = await tx.shipment.findMany({
    where: { ...where, state: "delivered" },
    orderBy,
    select: { id: true, bookingId: true, supplierId: true },
  });
  const resources = await tx.resource.findMany({
    where: { id: { in: [...rides, ...talks].flatMap((one) => one.resourceId ?? []) } },
    select: { id: true, supplierId: true },
  });
  const supplierOf = (id: string | null) => resources.find((one) => one.id === id)?.supplierId ?? null;
  const proofOf = ({ id, kind, bookingId, supplierId: bookedFrom }: Row): Proof | null => {
    const isOf = (one: { bookingId: string }) => one.bookingId === bookingId;
    if (kind === "transfer_arrival" || kind === "transfer_return") {
      const ride = rides.find((one) => isOf(one) && kind.endsWith(one.direction));
      return ride
        ? { evidence: "transfer_done", evidenceId: ride.id, supplierId: supplierOf(ride.resourceId) }
        : null;
    }
    if (kind === "interpreter") {
      const own = talks.filter(isOf);
      const [talk] = own;
      const suppliers = new Set(own.map((one) => supplierOf(one.resourceId)));
      return talk && (bookedFrom !== null || suppliers.size === 1)
        ? { evidence: "interpreter_minutes", evidenceId: talk.id, supplierId: supplierOf(talk.resourceId) }
        : null;
    }
    if (kind === "medicine_supply") {
      const parcel = parcels.find(isOf);
      return parcel
        ? { evidence: "shipment_delivered", evidenceId: parcel.id, supplierId: parcel.supplierId }
        : null;
    }
    return { evidence: "service_delivered", evidenceId: id, supplierId: null };
  };
  return new Map(
    rows.flatMap((row) => {
      const proof = proofOf(row);
      return proof ? [[row.id, proof] as const] : [];
    }),
  );
}

async function payeeName(tx: Tx, supplierId: string | null): Promise<string> {
  if (!supplierId) return "";
  const supplier = await tx.supplier.findUnique({ where: { id: supplierId }, select: { name: true } });
  return supplier?.name ?? "";
}
