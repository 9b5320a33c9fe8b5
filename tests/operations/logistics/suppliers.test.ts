import { describe, expect, it } from "vitest";
import { addDays, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { supplierFor, suppliersFor } from "@/lib/desk/queries/suppliers";
import { asPerson, openDb } from "@/lib/infra/db";
import { addResource } from "@/lib/logistics/add-resource";
import { addSupplier } from "@/lib/logistics/add-supplier";
import { editResource } from "@/lib/logistics/edit-resource";
import { editSupplier } from "@/lib/logistics/edit-supplier";
import { restoreResource } from "@/lib/logistics/restore-resource";
import { restoreSupplier } from "@/lib/logistics/restore-supplier";
import { retireResource } from "@/lib/logistics/retire-resource";
import { retireSupplier } from "@/lib/logistics/retire-supplier";
import {
  addResourceForm,
  addSupplierForm,
  editResourceForm,
  editSupplierForm,
  supplierListForm,
} from "@/lib/logistics/supplier-form";
import { makeClinic } from "../../support/clinics";
import { reasonOf, valueOf } from "../../support/outcomes";
import { makeAdmin, makeCoordinator, testSystem } from "../../support/people";

const now = new Date();
const later = new Date(now.getTime() + 1_000);
const facts = (name: string, more: object = {}) => ({
  ...{
    name,
    country: "DE",
    city: "Cologne",
    contact: "+49 221 5550",
    termsAcceptedOn: "2026-01-02",
    ...more,
  },
});
const rides = (name: string, more: object = {}) =>
  addSupplierForm.parse({ kind: "driver", ...facts(name, more) });
const driver = (name: string, more: object = {}) =>
  addResourceForm.parse({ name, place: "DE Cologne", vehicle: "Van", seats: "6", wheelchair: "on", ...more });
const edited = (name: string, seenAt: Date | null) =>
  editSupplierForm.parse({ ...facts(name), seenAt: seenAt?.toISOString() ?? "" });

async function makeRides() {
  await makeClinic();
  const admin = await makeAdmin();
  const name = `Rides ${newId()}`;
  const { id } = valueOf(await addSupplier(admin, rides(name), now));
  return { admin, id, name };
}

/** Somebody looks for a driver as a hold does. */
async function isOffered(resourceId: string): Promise<boolean> {
  const at = `${addDays(dayOf(now), 900)}T10:00:00Z`;
  const rows = await asPerson(
    testSystem,
    (tx) => tx.$queryRaw<{ id: string }[]>`
      SELECT p.id FROM unnest(free_people(ROW('arrival', 'driver', ${newId()}::uuid, ${at}::timestamptz,
        ${at}::timestamptz + interval '3 hours', 'DE', 'Cologne', false, '{}', '{}', NULL, 1, true)::part_need,
        ${newId()}::uuid, NULL, 100000)) AS p(id)`,
  );
  return rows.some(({ id }) => id === resourceId);
}

async function makeClaim(resourceId: string, days: number) {
  const startsAt = new Date(now.getTime() + days * 86_400_000);
  const endsAt = new Date(startsAt.getTime() + 3_600_000);
  const data = { resourceId, purpose: "arrival", state: "booked" as const, startsAt, endsAt };
  return asPerson(testSystem, (tx) => tx.claim.create({ data }));
}

describe("a supplier", () => {
  it("is written down once, also by two at once, and leaves a trace", async () => {
    const [one, other] = [await makeAdmin(), await makeAdmin()];
    const name = `Rides ${newId()}`;
    const both = await Promise.all([one, other].map((admin) => addSupplier(admin, rides(name), now)));
    expect(both.filter((answer) => answer.ok)).toHaveLength(1);
    expect(both.flatMap((answer) => (answer.ok ? [] : [answer.reason]))).toEqual(["supplier_exists"]);
    expect(reasonOf(await addSupplier(one, rides(name.toUpperCase()), now))).toBe("supplier_exists");
    valueOf(await addSupplier(one, rides(name, { city: "Bonn" }), now));
    const id = both.flatMap((answer) => (answer.ok ? [answer.value.id] : []))[0] ?? "";
    const trace = { event: "supplier.added", objectId: id };
    expect(await openDb().auditEvent.count({ where: trace })).toBe(1);
  });

  it("is changed by whoever looked last, and by nobody who looked before", async () => {
    const { admin, id, name } = await makeRides();
    valueOf(await editSupplier(admin, id, edited(`${name} GmbH`, now), later));
    expect(reasonOf(await editSupplier(admin, id, edited("Another", now), later))).toBe("stale_settings");
    expect(reasonOf(await editSupplier(admin, id, edited("Another", null), later))).toBe("stale_settings");
    expect(reasonOf(await editSupplier(admin, newId(), edited("Another", now), later))).toBe("not_found");
    const page = await supplierFor(admin, id, undefined, now);
    expect(page?.supplier).toMatchObject({ name: `${name} GmbH`, contact: "+49 221 5550", changedAt: later });
    const { name: taken } = await makeRides();
    expect(reasonOf(await editSupplier(admin, id, edited(taken, later), later))).toBe("supplier_exists");
  });

  it("that is retired is offered to nobody with its people, and what is booked stays and is told", async () => {
    const { admin, id } = await makeRides();
    const { id: driverId } = valueOf(await addResource(admin, id, driver("Dora"), now));
    expect(await isOffered(driverId)).toBe(true);
    await makeClaim(driverId, 3);
    await makeClaim(driverId, -3);
    expect(await supplierFor(admin, id, undefined, now)).toMatchObject({ staying: 1 });
    const both = await Promise.all([1, 2].map(() => retireSupplier(admin, id, { seenAt: now }, later)));
    expect(both.filter((answer) => answer.ok)).toEqual([{ ok: true, value: { staying: 1 } }]);
    expect(await isOffered(driverId)).toBe(false);
    expect(await openDb().claim.count({ where: { resourceId: driverId, state: "booked" } })).toBe(2);
    expect(reasonOf(await retireSupplier(admin, id, { seenAt: null }, later))).toBe("already_retired");
    expect(reasonOf(await addResource(admin, id, driver("Dirk"), now))).toBe("already_retired");
    expect(reasonOf(await restoreResource(admin, driverId, later))).toBe("already_retired");
    await expect(
      openDb().resource.update({ where: { id: driverId }, data: { active: true } }),
      "the database lets nobody work for a retired supplier either",
    ).rejects.toThrow(/retired supplier/);

    valueOf(await restoreSupplier(admin, id, later));
    expect(reasonOf(await restoreSupplier(admin, id, later))).toBe("not_retired");
    expect(await isOffered(driverId), "people come back one by one").toBe(false);
    valueOf(await restoreResource(admin, driverId, later));
    expect(await isOffered(driverId)).toBe(true);
  });

  it("lets nobody in while it is being retired", async () => {
    const { admin, id } = await makeRides();
    await Promise.all([
      retireSupplier(admin, id, { seenAt: null }, later),
      ...["Ada", "Ben", "Cem"].map((name) => addResource(admin, id, driver(name), now)),
    ]);
    expect(await openDb().resource.count({ where: { supplierId: id, active: true } })).toBe(0);
  });
});

describe("whoever drives or interprets", () => {
  it("is added once to a supplier of their trade, in a city with a centre", async () => {
    const { admin, id } = await makeRides();
    const both = await Promise.all([1, 2].map(() => addResource(admin, id, driver("Dora"), now)));
    expect(both.map((answer) => (answer.ok ? "ok" : answer.reason)).toSorted()).toEqual([
      "ok",
      "person_exists",
    ]);
    const nowhere = driver("Nils", { place: "DE Nowhere" });
    expect(reasonOf(await addResource(admin, id, nowhere, now))).toBe("unknown_place");
    expect(reasonOf(await addResource(admin, newId(), driver("Nils"), now))).toBe("not_found");
    const hotel = addSupplierForm.parse({ kind: "hotel", ...facts(`Hotel ${newId()}`) });
    const { id: hotelId } = valueOf(await addSupplier(admin, hotel, now));
    expect(reasonOf(await addResource(admin, hotelId, driver("Nils"), now))).toBe("supplier_without_people");
    const row = await openDb().resource.findFirst({ where: { supplierId: id } });
    expect(row).toMatchObject({ kind: "driver", seats: 6, wheelchair: true, timeZone: "Europe/Berlin" });
  });

  it("interprets between two languages at least", async () => {
    await makeClinic();
    const admin = await makeAdmin();
    const voices = addSupplierForm.parse({ kind: "interpreter", ...facts(`Voices ${newId()}`) });
    const { id } = valueOf(await addSupplier(admin, voices, now));
    const voice = (languages: string[]) => driver("Ines", { languages, gender: "female" });
    expect(reasonOf(await addResource(admin, id, voice(["ar"]), now))).toBe("languages_missing");
    const { id: personId } = valueOf(await addResource(admin, id, voice(["ar", "de"]), now));
    const row = await openDb().resource.findUnique({ where: { id: personId } });
    expect(row).toMatchObject({ languages: ["ar", "de"], gender: "female", seats: null, vehicle: null });
  });

  it("is changed and retired by hand, each with a trace", async () => {
    const { admin, id } = await makeRides();
    const { id: personId } = valueOf(await addResource(admin, id, driver("Dora"), now));
    const change = (seenAt: Date) =>
      editResourceForm.parse({
        name: "Dora D.",
        place: "DE Cologne",
        seats: "3",
        seenAt: seenAt.toISOString(),
      });
    valueOf(await editResource(admin, personId, change(now), later));
    expect(reasonOf(await editResource(admin, personId, change(now), later))).toBe("stale_settings");
    expect(reasonOf(await editResource(admin, newId(), change(now), later))).toBe("not_found");
    await makeClaim(personId, 5);
    const both = await Promise.all([1, 2].map(() => retireResource(admin, personId, later)));
    expect(both.map((answer) => (answer.ok ? answer.value.staying : answer.reason)).toSorted()).toEqual([
      1,
      "already_retired",
    ]);
    expect(reasonOf(await retireResource(admin, newId(), later))).toBe("not_found");
    expect(await isOffered(personId)).toBe(false);
    const traces = await openDb().auditEvent.findMany({
      where: { objectId: personId },
      orderBy: { at: "asc" },
      select: { event: true, facts: true },
    });
    expect(traces.map(({ event }) => event)).toEqual([
      "resource.added",
      "resource.edited",
      "resource.retired",
    ]);
  });
});

describe("the list of suppliers", () => {
  it("comes in pages by name, and is read by coordinators too", async () => {
    const admin = await makeAdmin();
    const mark = newId();
    for (const letter of ["c", "a", "b"]) valueOf(await addSupplier(admin, rides(`${mark} ${letter}`), now));
    const reader = await makeCoordinator();
    const first = await suppliersFor(reader, supplierListForm.parse({ q: mark, limit: 2 }));
    expect(first.items.map(({ name }) => name.at(-1))).toEqual(["a", "b"]);
    const rest = await suppliersFor(
      reader,
      supplierListForm.parse({ q: mark, limit: 2, cursor: first.next }),
    );
    expect(rest).toMatchObject({ items: [{ name: `${mark} c`, people: 0 }], next: null });
  });

  it("has nobody under an address that names nobody", async () => {
    expect(await supplierFor(await makeCoordinator(), newId(), undefined, now)).toBeNull();
    expect(await supplierFor(await makeCoordinator(), "x", undefined, now)).toBeNull();
  });
});
