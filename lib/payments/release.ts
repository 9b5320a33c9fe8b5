import { allocate, sumMinor } from "@/lib/kernel/money";
import { ruleFor, splitTax, type TaxRules } from "./tax";

export const RELEASE_STATES = ["proposed", "approved", "paid", "refused", "withdrawn", "returned"] as const;

/** Stands in a filter for every payee who is no hospital. */
export const SUPPLIERS = "suppliers";

/** What proves that something was delivered. */
export const EVIDENCES = [
  "final_account",
  "transfer_done",
  "interpreter_minutes",
  "shipment_delivered",
  "service_delivered",
  "cancellation_kept",
] as const;
export type Evidence = (typeof EVIDENCES)[number];

/** Why something goes to nobody yet. */
export type WaitReason =
  | "not_paid"
  | "not_delivered"
  | "ride_not_done"
  | "minutes_missing"
  | "several_suppliers"
  | "parcel_not_arrived"
  | "proof_used"
  | "no_tax_rule"
  | "nothing_kept"
  | "no_account";

export interface DeliveredService {
  id: string;
  kind: string;
  amountMinor: bigint;
  deliveredAt: Date;
}

export interface ReleasableLine {
  serviceId: string;
  kind: string;
  amountMinor: bigint;
  taxMinor: bigint;
  evidence: Evidence;
  evidenceId: string;
  deliveredAt: Date;
}

/**
 * What of contract B goes to its supplier: the booked sum, less the tax the operator owes on selling it, as it was invoiced
 * or else by the rule of its kind. Null where neither says: tax is never guessed, so the line waits.
 */
export function supplierLine(
  service: DeliveredService,
  proof: { evidence: Evidence; evidenceId: string },
  rules: TaxRules,
  invoicedTaxMinor: bigint | null = null,
): ReleasableLine | null {
  const { id: serviceId, kind, amountMinor, deliveredAt } = service;
  const rule = ruleFor(rules, kind);
  if (invoicedTaxMinor === null && !rule) return null;
  const taxMinor = invoicedTaxMinor ?? splitTax(amountMinor, rule?.rateBp ?? 0).taxMinor;
  const { evidence, evidenceId } = proof;
  return { serviceId, kind, amountMinor, taxMinor, deliveredAt, evidence, evidenceId };
}

/** What a supplier or centre has proven to be owed for a service that was called off: damages, so no tax lies within. */
export function keptLine(
  service: Pick<DeliveredService, "id" | "kind">,
  mark: { id: string; keptMinor: bigint; markedAt: Date },
): ReleasableLine {
  const { id: serviceId, kind } = service;
  return {
    ...{ serviceId, kind, amountMinor: mark.keptMinor, taxMinor: 0n, deliveredAt: mark.markedAt },
    ...{ evidence: "cancellation_kept", evidenceId: mark.id },
  };
}

/**
 * What of contract A goes to the hospital: what its final account says is owed, laid on the delivered lines by their
 * weight, and never more than they were booked for. What was passed on before, or is about to be, counts against it. The
 * surplus stays held until it has gone back.
 */
export function hospitalLines(
  services: readonly DeliveredService[],
  account: { id: string; owedMinor: bigint; passedOnMinor: bigint },
): ReleasableLine[] {
  const bookedMinor = sumMinor(services.map((service) => service.amountMinor));
  const openMinor = account.owedMinor - account.passedOnMinor;
  if (bookedMinor === 0n || openMinor <= 0n) return [];
  const owedMinor = openMinor < bookedMinor ? openMinor : bookedMinor;
  const parts = allocate(
    owedMinor,
    services.map((service) => Number(service.amountMinor)),
  );
  return services.flatMap(({ id: serviceId, kind, deliveredAt }, index) => {
    const amountMinor = parts[index] ?? 0n;
    const proof = { evidence: "final_account" as const, evidenceId: account.id };
    return amountMinor > 0n ? [{ serviceId, kind, amountMinor, taxMinor: 0n, deliveredAt, ...proof }] : [];
  });
}

/** What the bank sends to the payee: the tax within what the patient paid is the operator's to pay. */
export function payableOf({ amountMinor, taxMinor }: { amountMinor: bigint; taxMinor: bigint }): bigint {
  return amountMinor - taxMinor;
}

/** Lines of one booking and one payee, which leave together. */
export interface Releasable {
  bookingId: string;
  bookingNumber: string;
  caseId: string;
  currency: string;
  contract: "A" | "B";
  payee: string;
  /** What its account is kept for; empty where nobody is named yet. */
  payeeKey: string;
  lines: ReleasableLine[];
}

/** What a proposal was shown, so that nobody proposes what they have not seen. */
export function releaseKey({ lines, payee }: Pick<Releasable, "lines" | "payee">): string {
  return [
    payee,
    ...lines.map((line) => `${line.serviceId}:${line.amountMinor}:${line.taxMinor}`).toSorted(),
  ].join(" ");
}
