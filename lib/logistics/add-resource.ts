import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { peopleOf, type ResourceKind, type WorkPlace } from "./supplier";
import type { AddResourceForm } from "./supplier-form";

type Refusal =
  | "not_found"
  | "already_retired"
  | "supplier_without_people"
  | "person_exists"
  | "unknown_place"
  | "languages_missing";

/** Adds a driver or an interpreter to a supplier of that trade; from now on they may be kept free for somebody. */
export async function addResource(
  admin: Admin,
  supplierId: string,
  form: AddResourceForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(admin, async (tx) => {
    const supplier = await claimSupplier(tx, supplierId);
    if (!supplier) return refused("not_found");
    if (supplier.retiredAt) return refused("already_retired");
    const kind = peopleOf(supplier.kind);
    if (!kind) return refused("supplier_without_people");
    const facts = await resourceFacts(tx, kind, form, null);
    if (!facts.ok) return facts;
    const { name, phone } = form;
    const same = await tx.resource.findFirst({
      where: { supplierId, active: true, name, phone: phone ?? null },
      select: { id: true },
    });
    if (same) return refused("person_exists", { path: "name" });
    const id = newId(now.getTime());
    await tx.resource.create({ data: { id, supplierId, kind, ...facts.value, changedAt: now } });
    await writeAudit(tx, admin, "resource.added", {
      objectType: "resource",
      objectId: id,
      facts: { kind },
    });
    return done({ id });
  });
}

/** The supplier, for this transaction alone: two who add the same person come one after the other. */
export async function claimSupplier(tx: Tx, id: string) {
  const rows = await tx.$queryRaw<{ kind: string; retiredAt: Date | null }[]>`
    SELECT kind, "retiredAt" FROM "Supplier" WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}

/**
 * What is kept of a person of this trade. The clock they are asked by is that of a centre in their city: who works where
 * there is none would never be looked for, and is refused rather than forgotten.
 */
export async function resourceFacts(
  tx: Tx,
  kind: ResourceKind,
  { place, ...form }: AddResourceForm,
  before: (WorkPlace & { timeZone: string }) | null,
): Promise<Outcome<ReturnType<typeof columnsOf> & WorkPlace & { timeZone: string }, Refusal>> {
  if (kind === "interpreter" && form.languages.length < 2) {
    return refused("languages_missing", { path: "languages" });
  }
  const timeZone = await zoneOf(tx, place, before);
  if (typeof timeZone !== "string") return timeZone;
  return done({ ...columnsOf(kind, form), ...place, timeZone });
}

async function zoneOf(
  tx: Tx,
  { country, city }: WorkPlace,
  before: (WorkPlace & { timeZone: string }) | null,
): Promise<string | Refused<"unknown_place">> {
  if (before && before.country === country && before.city === city) return before.timeZone;
  const clinic = await tx.clinic.findFirst({ where: { country, city }, select: { timeZone: true } });
  return clinic?.timeZone ?? refused("unknown_place", { path: "place" });
}

function columnsOf(kind: ResourceKind, form: Omit<AddResourceForm, "place">) {
  const { name, phone = null, languages, gender = null } = form;
  const both = { name, phone, languages: [...new Set(languages)], gender };
  const {
    medicalTraining,
    certificate = null,
    vehicle = null,
    plate = null,
    seats = null,
    wheelchair,
  } = form;
  return kind === "driver"
    ? { ...both, vehicle, plate, seats, wheelchair }
    : { ...both, medicalTraining, certificate };
}
