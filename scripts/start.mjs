import { join } from "node:path";
import { alone, bootstrap } from "./steps/bootstrap.mjs";
import { buildBundles, buildWeb } from "./steps/build.mjs";
import { keepData, minding } from "./steps/data-lock.mjs";
import { accounts } from "./steps/demo-accounts.mjs";
import { loadEnvironment, productEnvironment, readSettings } from "./steps/environment.mjs";
import { privateFolder } from "./steps/files.mjs";
import { generate } from "./steps/generate.mjs";
import { household } from "./steps/household.mjs";
import { leave, listen, whenLeaving } from "./steps/leaving.mjs";
import { isFree } from "./steps/ports.mjs";
import { addDatabase, addRecords, addSandbox, addWeb, addWorker, untilHealthy } from "./steps/product.mjs";
import { sandboxEnvironment } from "./steps/sandbox.mjs";
import { Stop, say, step } from "./steps/say.mjs";
import { secretsOf } from "./steps/secrets.mjs";

const dev = process.argv.includes("--dev");

await bootstrap("scripts/start.mjs", async () => {
  loadEnvironment();
  const settings = readSettings({ dev });
  const { data } = settings;
  const lock = await keepData(data);
  await refuseTakenPort(settings);
  const house = household({
    note: (change) => lock.note(change),
    giveUp: (reason) => leave(1, `\n${reason}`),
  });
  whenLeaving(() => house.stop());
  whenLeaving(() => lock.note({ stopping: true }));
  const stopped = listenWith(house);
  await minding(data, () => begin(house, settings));
  tellReady(settings);
  await stopped;
});

/** From here Ctrl-C means a quiet end; the promise never settles, `leave` ends the process. */
function listenWith(house) {
  listen({ code: 0, hurry: () => house.kill() });
  return new Promise(() => {});
}

async function begin(house, settings) {
  const { data } = settings;
  const secrets = secretsOf(data);
  const logs = privateFolder(join(data, "logs"));
  const databaseUrl =
    settings.databaseUrl ??
    (await step("Starting the database", () => addDatabase(house, { data, secrets })));
  const { migrate } = await import("./steps/database.mjs");
  const { refuseDemoAccounts, seedIfEmpty } = await import("./steps/world.mjs");
  await step("Bringing the database up to date", () => migrate(databaseUrl));
  if (settings.mode === "production") await refuseDemoAccounts(databaseUrl);
  let env = productEnvironment(settings, secrets, databaseUrl);
  await alone(() => build(settings, env));
  if (settings.mode === "demo") await seedIfEmpty({ env, data, log: join(logs, "seed.log") });
  if (settings.sandbox) {
    await addSandbox(house, { data, env, port: settings.port });
    env = { ...env, ...sandboxEnvironment(data) };
  }
  await step("Starting the product", async () => {
    await Promise.all([
      settings.web && addWeb(house, { data, env, settings }),
      settings.worker && addWorker(house, { data, env }),
      settings.records && addRecords(house, { data, env }),
    ]);
    if (settings.web) await untilHealthy(settings.port);
  });
}

async function build({ web }, env) {
  await generate();
  await buildBundles();
  if (web && !dev) await buildWeb(env);
}

async function refuseTakenPort({ web, records, port }) {
  if (!(web || records) || (await isFree(port))) return;
  throw new Stop(
    `Port ${port} is taken by another program, or not allowed. Stop that program, or choose another port: PORT=${port + 1} npm start`,
  );
}

function tellReady({ mode, web, records, port, appUrl }) {
  const what = records ? `to take and give records at http://127.0.0.1:${port}` : "to work the queue";
  process.stdout.write(web ? `Valvia is ready at ${appUrl}\n` : `Valvia is ready ${what}\n`);
  if (mode === "demo" && web) process.stdout.write(`\n${accounts}\nMails land in ${appUrl}/en/mailbox\n`);
  say("\nCtrl-C stops it.");
}
