import { bootstrap } from "./steps/bootstrap.mjs";
import { Stop, say, step } from "./steps/say.mjs";

/** Brings the database of DATABASE_URL up to date; for deployments that start the parts themselves. */
await bootstrap("scripts/migrate.mjs", async () => {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Stop("DATABASE_URL is not set: it names the PostgreSQL to bring up to date.");
  const { migrate } = await import("./steps/database.mjs");
  const applied = await step("Bringing the database up to date", () => migrate(url));
  say(applied.length === 0 ? "Nothing to apply." : `Applied: ${applied.join(", ")}.`);
});
