import { rmSync } from "node:fs";
import { alone, bootstrap } from "./steps/bootstrap.mjs";
import { buildBundles, buildWeb } from "./steps/build.mjs";
import { ALL, STATIC, runChecks } from "./steps/checks.mjs";
import { generate } from "./steps/generate.mjs";
import { hasJourneys, runJourneys } from "./steps/journeys.mjs";
import { fromRoot } from "./steps/root.mjs";
import { run } from "./steps/run.mjs";
import { say, sentence } from "./steps/say.mjs";
import { NOTHING, failedAgain, lastLine, sum, vitestTotals } from "./steps/totals.mjs";

const PROJECTS = ["rules", "operations", "house"];
const PARTS = ["check", ...PROJECTS, "journeys"];

/** What a shell may have set for the product must not reach the tests: they have a world of their own. */
const OURS =
  /^(PORT|APP_URL|DATABASE_|VALVIA_|S3_|RECORDS_KEY|AUTH_SECRET|NEXTAUTH_|STRIPE_|SMTP_URL|MAIL_FROM|PG|CLAMAV_URL|ROLE$|HOLD_MINUTES|NODE_ENV|NODE_OPTIONS)/;

function testEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !OURS.test(name));
  return { ...Object.fromEntries(kept), VALVIA_MODE: "demo", NEXT_TELEMETRY_DISABLED: "1" };
}

/** `npm test` runs everything; `npm test -- operations [file …]` one part, or some files of it. */
await bootstrap("scripts/test.mjs", async () => {
  const words = process.argv.slice(2);
  const wanted = PARTS.filter((part) => words.includes(part));
  const filters = words.filter((word) => !PARTS.includes(word));
  const parts = wanted.length > 0 ? wanted : PARTS;
  const env = testEnvironment();
  await alone(generate);
  const totals = [];
  const add = async (work) => totals.push(await counted(work));
  if (parts.includes("check")) await add(() => runChecks(wanted.length > 0 ? ALL : STATIC));
  const projects = PROJECTS.filter((project) => parts.includes(project));
  if (projects.length > 0) await add(() => runVitest(projects, env, filters));
  if (parts.includes("journeys") && hasJourneys()) await add(() => buildAndWalk(env, filters));
  const all = sum(totals);
  process.stdout.write(`\n${failedAgain(all)}${lastLine(all)}\n`);
  return all.failed === 0 && all.passed > 0 ? 0 : 1;
});

/** A part that cannot run has failed; the parts after it still run. */
async function counted(work) {
  try {
    return await work();
  } catch (failure) {
    const words = sentence(failure);
    say(`\n${words}`);
    return { ...NOTHING, failed: 1, names: [words] };
  }
}

async function runVitest(projects, env, filters) {
  const report = fromRoot(".build", "vitest.json");
  rmSync(report, { force: true });
  const { code } = await run({
    command: process.execPath,
    args: [
      fromRoot("node_modules", "vitest", "vitest.mjs"),
      "run",
      ...projects.flatMap((project) => ["--project", project]),
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
      ...filters,
    ],
    env,
  });
  return vitestTotals(report, code);
}

/** The build counts as one check; without it there is nothing to walk through. */
async function buildAndWalk(env, filters) {
  await alone(async () => {
    await buildBundles();
    await buildWeb(env);
  });
  return sum([{ ...NOTHING, passed: 1 }, await counted(() => runJourneys(env, filters))]);
}
