import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { pathToFileURL } from "node:url";
import { alone, bootstrap } from "./steps/bootstrap.mjs";
import { buildBundles, buildWeb } from "./steps/build.mjs";
import { generate } from "./steps/generate.mjs";
import { bundleFolder, withDatabase } from "./steps/measuring.mjs";
import { fromRoot } from "./steps/root.mjs";
import { say, sentence, Stop } from "./steps/say.mjs";

const RESULTS = fromRoot("bench", "results.json");

/** `npm run bench` measures every row but those that take long; `npm run bench -- upload booking` only these. */
await bootstrap("scripts/bench.mjs", async () => {
  const rows = findRows(process.argv.slice(2));
  await alone(async () => {
    await generate();
    await buildBundles();
    await bundleFolder("bench", "bench");
    if (rows.some((name) => says(name, "needsWeb"))) await buildWeb({ ...process.env, VALVIA_MODE: "demo" });
  });
  return withDatabase((url) => measure(rows, url));
});

/** A row is a file that exports `run`; the others are its world and its peers. */
function findRows(wanted) {
  const names = readdirSync(fromRoot("bench"))
    .filter((name) => name.endsWith(".ts") && /^export async function run\b/m.test(textOf(name)))
    .map((name) => name.slice(0, -".ts".length));
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new Stop(`There is no row ${unknown.join(", ")}. There are: ${names.join(", ")}.`);
  return names.filter((name) => (wanted.length === 0 ? !says(name, "takesLong") : wanted.includes(name)));
}

/** What a row says of itself, read from its text: it is not bundled yet. */
function says(name, word) {
  return textOf(`${name}.ts`).includes(`export const ${word} = true`);
}

function textOf(name) {
  return readFileSync(fromRoot("bench", name), "utf8");
}

/** One row after the other; a row that fails is told and the rest still run. */
async function measure(rows, url) {
  const results = [];
  for (const name of rows) {
    say(`\n${name}`);
    const since = performance.now();
    const at = new Date().toISOString();
    // What else the machine does: figures taken beside other programs say so.
    const loadBefore = loadavg()[0];
    const result = await measureOne(name, url);
    const seconds = Math.round((performance.now() - since) / 1000);
    results.push({ ...result, at, seconds, loadBefore, loadAfter: loadavg()[0] });
    say(
      result.error
        ? `${name}: ${result.error}`
        : `${name}: goal ${result.met ? "met" : "not met"} (${result.goal})`,
    );
  }
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    memoryMb: Math.round(totalmem() / 2 ** 20),
  };
  const kept = { node: process.versions.node, machine, results: [...earlier(results), ...results] };
  kept.results.sort((one, other) => (one.row ?? Infinity) - (other.row ?? Infinity));
  writeFileSync(RESULTS, `${JSON.stringify(kept, null, 2)}\n`);
  console.table(results.map(summaryOf));
  say(`Written to bench/results.json.`);
  return results.some((result) => result.error) ? 1 : 0;
}

/** Rows that were not measured now keep what they said, with the day they said it. */
function earlier(results) {
  if (!existsSync(RESULTS)) return [];
  const names = new Set(results.map(({ name }) => name));
  return JSON.parse(readFileSync(RESULTS, "utf8")).results.filter(({ name }) => !names.has(name));
}

function summaryOf({ row, name, error, met, seconds, loadBefore }) {
  const outcome = error ? "failed" : met ? "met" : "not met";
  return { row, name, goal: outcome, seconds, load: Number(loadBefore.toFixed(1)) };
}

async function measureOne(name, url) {
  try {
    const row = await import(pathToFileURL(fromRoot(".build", "bench", `${name}.mjs`)).href);
    return await row.run(url);
  } catch (failure) {
    return { name, error: sentence(failure) };
  }
}
