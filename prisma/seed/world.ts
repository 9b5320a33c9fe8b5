import pg from "pg";
import { asPerson, openDb } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { enqueue } from "@/lib/infra/jobs";
import { systemActor } from "@/lib/infra/session";
import { dayOf } from "@/lib/kernel/day";
import { fillCapacity } from "./capacity";
import { fillCases } from "./cases";
import { fillCatalogue } from "./catalogue";
import { fillClinics } from "./clinics";
import { fillListings } from "./listings";
import { fillPeople } from "./people";
import { fillCentreAges, fillOlderRates, fillSettings } from "./settings";
import { fillSuppliers } from "./suppliers";

/** Fills an empty database with the demo world, as of now. Says how many centres it made: none where one exists already. */
export async function fillWorld(now: Date): Promise<number> {
  if (env().VALVIA_MODE === "production") throw new Error("The demo world is never made in production.");
  if ((await openDb().clinic.count()) > 0) return 0;
  const today = dayOf(now);
  await fillSettings(now, today);
  await fillOlderRates(now);
  const clinics = await fillClinics(now, today);
  await fillPeople(clinics, now);
  await fillCentreAges(clinics, now);
  await fillCapacity(clinics, today);
  await fillSuppliers(clinics, now, today);
  await fillCatalogue(now);
  await fillListings(now);
  await fillCases(clinics, now);
  // What was delivered in these stories is invoiced by the worker, as soon as there is one.
  await asPerson(systemActor("demo"), (tx) => enqueue(tx, "invoice.sweep", {}));
  await analyze();
  return clinics.length;
}

/** Fresh statistics, without which the first searches are planned blindly. Only the owner of the tables may. */
async function analyze(): Promise<void> {
  const owner = new pg.Client({ connectionString: env().DATABASE_URL });
  await owner.connect();
  await owner.query("ANALYZE");
  await owner.end();
}
