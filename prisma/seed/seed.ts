import pg from "pg";
import { closeDb, openDb } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { closeJobs } from "@/lib/infra/jobs";
import { dayOf } from "@/lib/kernel/day";
import { fillCapacity } from "./capacity";
import { fillCases } from "./cases";
import { fillClinics } from "./clinics";
import { fillListings } from "./listings";
import { fillPeople } from "./people";
import { fillSettings } from "./settings";
import { fillSuppliers } from "./suppliers";

/** Fills an empty database with the demo world, as of today. Does nothing where a centre exists already. */
async function seed(): Promise<void> {
  if (env().VALVIA_MODE === "production") throw new Error("The demo world is never made in production.");
  if ((await openDb().clinic.count()) > 0) {
    console.log("There are treatment centres already: nothing was changed.");
    return;
  }
  const now = new Date();
  const today = dayOf(now);
  await fillSettings(now, today);
  const clinics = await fillClinics(now, today);
  await fillPeople(clinics, now);
  await fillListings(now);
  await fillCapacity(clinics, today);
  await fillSuppliers(clinics, now, today);
  await fillCases(clinics, now, today);
  await analyze();
  console.log(`The demo world has ${clinics.length} treatment centres.`);
}

/** Fresh statistics, without which the first searches are planned blindly. Only the owner of the tables may. */
async function analyze(): Promise<void> {
  const owner = new pg.Client({ connectionString: env().DATABASE_URL });
  await owner.connect();
  await owner.query("ANALYZE");
  await owner.end();
}

try {
  await seed();
} finally {
  await closeJobs();
  await closeDb();
}
