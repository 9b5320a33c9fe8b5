import { join } from "node:path";
import { bootstrap, alone } from "./steps/bootstrap.mjs";
import { buildBundles } from "./steps/build.mjs";
import { keepData, minding } from "./steps/data-lock.mjs";
import { loadEnvironment, productEnvironment, readSettings } from "./steps/environment.mjs";
import { privateFolder } from "./steps/files.mjs";
import { generate } from "./steps/generate.mjs";
import { household } from "./steps/household.mjs";
import { leave, whenLeaving } from "./steps/leaving.mjs";
import { addDatabase } from "./steps/product.mjs";
import { Stop, say, step } from "./steps/say.mjs";
import { secretsOf } from "./steps/secrets.mjs";

/** Throws the demo world away and makes it again. Never in production, never under a running product. */
await bootstrap("scripts/demo-reset.mjs", async () => {
  loadEnvironment();
  const settings = readSettings({ dev: false });
  const { data, mode } = settings;
  if (mode === "production") throw new Stop("This is production (VALVIA_MODE): nothing is thrown away here.");
  const lock = await keepData(data);
  const house = household({
    note: (change) => lock.note(change),
    giveUp: (reason) => leave(1, `\n${reason}`),
  });
  whenLeaving(() => house.stop());
  await minding(data, () => reset(house, settings));
  say("The demo world is new.");
});

async function reset(house, settings) {
  const { data } = settings;
  const secrets = secretsOf(data);
  const url =
    settings.databaseUrl ??
    (await step("Starting the database", () => addDatabase(house, { data, secrets })));
  await alone(async () => {
    await generate();
    await buildBundles();
  });
  const { resetWorld } = await import("./steps/world.mjs");
  const log = join(privateFolder(join(data, "logs")), "seed.log");
  await resetWorld({ env: productEnvironment(settings, secrets, url), data, log });
}
