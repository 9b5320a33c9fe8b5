import "server-only";
import type { ClinicManager } from "@/lib/kernel/actor";
import { type Outcome, done } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import type { ListingContent } from "./forms/listing";
import { type ListingChange, listingChanges } from "./listing";
import { contentOf, listingSelect } from "./listing-content";
import { type PriceSheet, readPriceSheet } from "./price-sheet";
import { type SaveFault, saveIntoDraft } from "./save-listing";

export interface PriceImport {
  rows: number;
  faults: PriceSheet["faults"];
  /** What would differ from the published listing, or differs in the draft now. */
  changes: ListingChange[];
  /** The draft the prices stand in; null for a dry run and for a sheet with a bad row. */
  revisionId: string | null;
}

/**
 * Takes a price sheet into the draft: a row replaces the price of the same treatment and device, others stay.
 * One bad row and nothing is taken over. A dry run only tells what would happen.
 */
export async function importPrices(
  manager: ClinicManager,
  text: string,
  dryRun: boolean,
): Promise<Outcome<PriceImport, SaveFault>> {
  return asPerson(manager, async (tx) => {
    const clinic = await tx.clinic.findUniqueOrThrow({
      where: { id: manager.clinicId },
      select: listingSelect,
    });
    const sheet = readPriceSheet(text, clinic.country);
    const published = contentOf(clinic);
    const answer = { rows: sheet.rows, faults: sheet.faults };
    if (dryRun || sheet.faults.length > 0) {
      const changes = listingChanges(published, { ...published, procedures: merged(published, sheet) });
      return done({ ...answer, changes, revisionId: null });
    }
    const saved = await saveIntoDraft<never>(tx, manager, (content) =>
      done({ procedures: merged(content, sheet) }),
    );
    if (!saved.ok) return saved;
    const { revisionId, content } = saved.value;
    return done({ ...answer, changes: listingChanges(published, content), revisionId });
  });
}

function merged(content: ListingContent, sheet: PriceSheet): ListingContent["procedures"] {
  const isSame = (a: { treatment: string; device: string | null }, b: typeof a) =>
    a.treatment === b.treatment && a.device === b.device;
  const kept = content.procedures.filter((line) => !sheet.lines.some((other) => isSame(line, other)));
  return [...kept, ...sheet.lines];
}
