import { alone, bootstrap } from "./steps/bootstrap.mjs";
import { buildBundles } from "./steps/build.mjs";
import { loadEnvironment, productEnvironment, readSettings } from "./steps/environment.mjs";
import { generate } from "./steps/generate.mjs";
import { fromRoot } from "./steps/root.mjs";
import { run } from "./steps/run.mjs";
import { Stop } from "./steps/say.mjs";
import { secretsOf } from "./steps/secrets.mjs";

/** Does at once what the worker does every five minutes when RECORDS_KEY_PREVIOUS is set. docs/records.md tells how. */
await bootstrap("scripts/rotate-keys.mjs", async () => {
  loadEnvironment();
  const settings = readSettings({ dev: false });
  if (!settings.databaseUrl) {
    throw new Stop(
      "DATABASE_URL is not set. With the embedded database, start the product with both keys: its worker rotates them.",
    );
  }
  await alone(async () => {
    await generate();
    await buildBundles();
  });
  const env = productEnvironment(settings, secretsOf(settings.data), settings.databaseUrl);
  const { code } = await run({
    command: process.execPath,
    args: [fromRoot(".build", "rotate-keys.mjs")],
    env,
  });
  return code;
});
