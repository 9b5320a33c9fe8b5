import "server-only";
import { asPerson, openDb } from "@/lib/infra/db";
import { CATALOGUE_KINDS, type CatalogueEntry, type CatalogueKind } from "@/lib/estimates/catalogue";
import { readCatalogue } from "@/lib/estimates/read-catalogue";
import { PROVIDERS } from "@/lib/logistics/supplier";
import type { SupplierReader } from "./suppliers";

interface NamedSupplier {
  id: string;
  name: string;
  city: string;
  isRetired: boolean;
}

/** One service of the catalogue: its newest version, and who could provide it. */
export interface ShownService {
  kind: CatalogueKind;
  /** Null where nobody has said anything of it. */
  entry: CatalogueEntry | null;
  savedBy: string | null;
  supplier: NamedSupplier | null;
  /** Suppliers of its kind that work for us; null where nobody is set. */
  providers: NamedSupplier[] | null;
}

const PROVIDERS_SHOWN = 500;

/** Everything the operator can sell beside its fee. */
export async function catalogueFor(reader: SupplierReader): Promise<ShownService[]> {
  const { entries, suppliers } = await asPerson(reader, async (tx) => {
    const read = await readCatalogue(tx);
    const chosen = read.flatMap(({ supplierId }) => supplierId ?? []);
    const kinds = Object.values(PROVIDERS).flatMap((kind) => kind ?? []);
    const rows = await tx.supplier.findMany({
      where: { OR: [{ id: { in: chosen } }, { kind: { in: kinds }, retiredAt: null }] },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: PROVIDERS_SHOWN,
      select: { id: true, kind: true, name: true, city: true, retiredAt: true },
    });
    return { entries: read, suppliers: rows };
  });
  const savers = entries.flatMap(({ savedById }) => savedById ?? []);
  const people = await openDb().person.findMany({
    where: { id: { in: savers } },
    select: { id: true, name: true },
  });
  const named = suppliers.map(({ retiredAt, ...one }) => ({ ...one, isRetired: retiredAt !== null }));
  return CATALOGUE_KINDS.map((kind) => {
    const entry = entries.find((one) => one.kind === kind) ?? null;
    const provider = PROVIDERS[kind];
    return {
      ...{ kind, entry },
      savedBy: people.find(({ id }) => id === entry?.savedById)?.name ?? null,
      supplier: named.find(({ id }) => id === entry?.supplierId) ?? null,
      providers: provider ? named.filter((one) => one.kind === provider && !one.isRetired) : null,
    };
  });
}
