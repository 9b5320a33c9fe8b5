import "server-only";
import type { Admin, Coordinator } from "@/lib/kernel/actor";
import { isUuid } from "@/lib/kernel/ids";
import { idOfCursor, type Page, pageOf } from "@/lib/cases/page";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { placeKey, type WorkPlace } from "@/lib/logistics/supplier";
import type { SupplierListForm } from "@/lib/logistics/supplier-form";

/** Who may read what suppliers there are: an administrator keeps them, a coordinator works with them. */
export type SupplierReader = Admin | Coordinator;

const supplierSelect = {
  id: true,
  kind: true,
  name: true,
  contact: true,
  country: true,
  city: true,
  termsAcceptedOn: true,
  changedAt: true,
  retiredAt: true,
} satisfies Prisma.SupplierSelect;
export type SupplierRow = Prisma.SupplierGetPayload<{ select: typeof supplierSelect }>;
export type ListedSupplier = SupplierRow & { people: number };

/** Suppliers by name, those in business first. */
export function suppliersFor(reader: SupplierReader, form: SupplierListForm): Promise<Page<ListedSupplier>> {
  const { q, kind, cursor, limit } = form;
  const has = { contains: q ?? "", mode: "insensitive" } as const;
  const named = q ? { OR: [{ name: has }, { city: has }, { resources: { some: { name: has } } }] } : {};
  return asPerson(reader, async (tx) => {
    const rows = await tx.supplier.findMany({
      where: { AND: [kind ? { kind } : {}, named, await after(tx, cursor ? idOfCursor(cursor) : null)] },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: limit + 1,
      select: { ...supplierSelect, _count: { select: { resources: { where: { active: true } } } } },
    });
    return pageOf(
      rows.map(({ _count, ...row }) => ({ ...row, people: _count.resources })),
      limit,
    );
  });
}

/** Names may be alike: the id decides between them. */
async function after(tx: Tx, id: string | null): Promise<Prisma.SupplierWhereInput> {
  const last = id && (await tx.supplier.findUnique({ where: { id }, select: { name: true } }));
  return last ? { OR: [{ name: { gt: last.name } }, { name: last.name, id: { gt: id } }] } : {};
}

export type ResourceRow = Prisma.ResourceGetPayload<object> & {
  /** What is held and booked with this person from now on. */
  staying: number;
};

export interface SupplierPage {
  supplier: SupplierRow;
  people: Page<ResourceRow>;
  /** What is held and booked with all its people from now on. */
  staying: number;
  /** Cities with a centre: where somebody may be looked for. */
  places: { key: string; place: WorkPlace }[];
}

const PEOPLE_SHOWN = 20;

/** One supplier with its people, those who work first; null for nobody. */
export function supplierFor(
  reader: SupplierReader,
  id: string,
  cursor: string | undefined,
  now: Date,
): Promise<SupplierPage | null> {
  return asPerson(reader, async (tx) => {
    const supplier = isUuid(id)
      ? await tx.supplier.findUnique({ where: { id }, select: supplierSelect })
      : null;
    if (!supplier) return null;
    const last = cursor ? idOfCursor(cursor) : null;
    const rows = await tx.resource.findMany({
      where: { supplierId: id },
      orderBy: [{ active: "desc" }, { name: "asc" }, { id: "asc" }],
      take: PEOPLE_SHOWN + 1,
      ...(last ? { cursor: { id: last }, skip: 1 } : {}),
    });
    const living = { state: { in: ["held" as const, "booked" as const] }, endsAt: { gt: now } };
    const counts = await tx.claim.groupBy({
      by: ["resourceId"],
      where: { ...living, resourceId: { in: rows.map((row) => row.id) } },
      _count: true,
    });
    const stayingOf = new Map(counts.map(({ resourceId, _count }) => [resourceId, _count]));
    return {
      supplier,
      people: pageOf(
        rows.map((row) => ({ ...row, staying: stayingOf.get(row.id) ?? 0 })),
        PEOPLE_SHOWN,
      ),
      staying: await tx.claim.count({ where: { ...living, resource: { supplierId: id } } }),
      places: await readPlaces(tx),
    };
  });
}

async function readPlaces(tx: Tx): Promise<SupplierPage["places"]> {
  const clinics = await tx.clinic.findMany({
    distinct: ["country", "city"],
    orderBy: [{ country: "asc" }, { city: "asc" }],
    select: { country: true, city: true },
  });
  return clinics.map((place) => ({ key: placeKey(place), place }));
}
