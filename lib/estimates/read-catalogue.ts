import "server-only";
import type { Tx } from "@/lib/infra/db";
import { type CatalogueEntry, catalogueEntry } from "./catalogue";

/** The newest version of each service of the catalogue. */
export async function readCatalogue(tx: Tx): Promise<CatalogueEntry[]> {
  const rows = await tx.catalogueService.findMany({
    distinct: ["kind"],
    orderBy: [{ kind: "asc" }, { version: "desc" }],
  });
  return rows.flatMap((row) => catalogueEntry({ ...row, quantity: row.quantity.toString() }) ?? []);
}
