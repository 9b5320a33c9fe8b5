import { approveRevision } from "@/lib/clinics/approve-revision";
import type { SaveListingForm } from "@/lib/clinics/forms/listing";
import { ownListing } from "@/lib/clinics/queries/listing";
import { saveListing } from "@/lib/clinics/save-listing";
import { submitListing } from "@/lib/clinics/submit-listing";
import { openDb } from "@/lib/infra/db";
import { personAs } from "@/lib/infra/session";
import type { ClinicManager, Role } from "@/lib/kernel/actor";
import type { Outcome } from "@/lib/kernel/outcome";

/** Listings with a history: one approved change in Cologne, one that waits for the operator in Tianjin, and a draft begun in Cologne. */
export async function fillListings(now: Date): Promise<void> {
  const admin = await demoPerson("admin", "admin");
  const cologne = await demoPerson("manager", "clinic_manager");
  const approved = await propose(cologne, { officeHours: "Monday to Friday, 08:00–18:00" }, now);
  valueOf(await approveRevision(admin, approved, now));
  const tianjin = await demoPerson("manager2", "clinic_manager");
  const { published } = await ownListing(tianjin);
  const procedures = published.procedures.map((line) =>
    line.device === "j-valve"
      ? { ...line, expected: line.expected - 500_000, low: line.low - 500_000 }
      : line,
  );
  await propose(
    tianjin,
    { procedures, summary: `${published.summary} Since this autumn with a second operating room.` },
    now,
  );
  const { paymentTerms } = (await ownListing(cologne)).published;
  valueOf(await saveListing(cologne, { paymentTerms: `${paymentTerms} Instalments on request.` }));
}

async function propose(manager: ClinicManager, change: SaveListingForm, now: Date): Promise<string> {
  valueOf(await saveListing(manager, change));
  return valueOf(await submitListing(manager, now)).revisionId;
}

async function demoPerson<R extends Role>(mailbox: string, role: R) {
  const row = await openDb().person.findUniqueOrThrow({ where: { email: `${mailbox}@demo.valvia.test` } });
  const { id: personId, name, email, locale, roles, clinicId } = row;
  const person = personAs(
    { personId, name, email, locale, roles, clinicId, sessionId: null, scopes: null },
    role,
  );
  if (person === null) throw new Error(`${mailbox} is no ${role}.`);
  return person;
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`The demo world was refused: ${outcome.reason}.`);
  return outcome.value;
}
