import { migrate } from "./steps/database.mjs";
import { loadEnvironment } from "./steps/environment.mjs";
import { Stop, say, sentence, step } from "./steps/say.mjs";
import { refuseDemoAccounts } from "./steps/world.mjs";

// Brings the database of DATABASE_URL up to date, for deployments that start the parts themselves: it installs nothing.
try {
  loadEnvironment();
  const url = process.env.DATABASE_URL;
  if (!url) throw new Stop("DATABASE_URL is not set: it names the PostgreSQL to bring up to date.");
  const applied = await step("Bringing the database up to date", () => migrate(url));
  if (process.env.VALVIA_MODE === "production") await refuseDemoAccounts(url);
  say(applied.length === 0 ? "Nothing to apply." : `Applied: ${applied.join(", ")}.`);
} catch (failure) {
  say(`\n${sentence(failure)}`);
  process.exitCode = 1;
}
