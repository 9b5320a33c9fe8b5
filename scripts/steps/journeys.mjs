import { mkdtempSync, readdirSync, existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "./chromium.mjs";
import { launch } from "./children.mjs";
import { lastLines, textOf } from "./files.mjs";
import { whenLeaving } from "./leaving.mjs";
import { freePort } from "./ports.mjs";
import { fromRoot } from "./root.mjs";
import { run } from "./run.mjs";
import { Stop, say, step } from "./say.mjs";
import { NOTHING, playwrightTotals, sum } from "./totals.mjs";

const STARTS_WITHIN_MS = 300_000;
/** The product itself promises to be gone within ten seconds. */
const STOPS_WITHIN_MS = 12_000;

export function hasJourneys() {
  const folder = fromRoot("tests", "journeys");
  return (
    existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => /\.spec\.tsx?$/.test(name))
  );
}

/** Starts the built product as a person would, in a world of its own, and walks through it with a real browser. */
export async function runJourneys(env, filters) {
  if (!hasJourneys()) return NOTHING;
  const browser = await chromium();
  const folder = mkdtempSync(join(tmpdir(), "valvia-journeys-"));
  const port = await freePort();
  const log = fromRoot(".build", "journeys-product.log");
  rmSync(log, { force: true });
  const product = launch({
    name: "product",
    args: [fromRoot("scripts", "start.mjs")],
    env: { ...env, PORT: String(port), VALVIA_DATA: folder, VALVIA_GALLERY: "1" },
    log,
    graceMs: STOPS_WITHIN_MS,
  });
  const forget = whenLeaving(() => product.stop());
  try {
    await step("Starting the product for the journeys", () => untilTold(product, log));
    return await walk({ env, port, browser, folder, filters });
  } finally {
    await step("Stopping the product", () => product.stop());
    forget();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function untilTold(product, log) {
  let how = null;
  product.exited.then((reason) => (how = reason));
  const until = Date.now() + STARTS_WITHIN_MS;
  while (!/^Valvia is ready at /m.test(textOf(log) ?? "")) {
    if (how !== null || Date.now() > until) {
      throw new Stop(
        `The product did not start for the journeys (${how ?? "too slow"}).\n${lastLines(log, 30)}`,
      );
    }
    await pause(200);
  }
}

/**
 * One after the other, each whatever became of those before: everyone's journeys; then every page there is, once nobody
 * moves things about any more; the kill last, since it takes the server away from everybody else.
 */
const ROUNDS = [["journeys", "phone"], ["face"], ["kill"]];

async function walk(world) {
  const totals = [];
  for (const projects of ROUNDS) totals.push(await walkRound(projects, world));
  const all = sum(totals);
  if (all.failed > 0) say("Journeys failed; the product's logs were:\n" + logsOf(world.folder));
  if (all.passed + all.failed + all.skipped > 0) return all;
  const none = `No journey is called ${world.filters.join(" or ")}.`;
  say(none);
  return { ...NOTHING, failed: 1, names: [none] };
}

async function walkRound(projects, { env, port, browser, folder, filters }) {
  const [name] = projects;
  const report = fromRoot(".build", `journeys-${name}.json`);
  rmSync(report, { force: true });
  const { code } = await run({
    command: process.execPath,
    args: [
      ...[fromRoot("node_modules", "@playwright", "test", "cli.js"), "test"],
      ...projects.map((project) => `--project=${project}`),
      // Each round clears its own folder and leaves the others what they found.
      `--output=${fromRoot("test-results", name)}`,
      // Whoever asks for some files only asks for them in the rounds that have them.
      ...(filters.length > 0 ? ["--pass-with-no-tests", ...filters] : []),
    ],
    env: {
      ...env,
      VALVIA_TEST_URL: `http://127.0.0.1:${port}`,
      VALVIA_DATA: folder,
      CHROMIUM_PATH: browser,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
  });
  return playwrightTotals(report, code);
}

function logsOf(folder) {
  const logs = join(folder, "logs");
  if (!existsSync(logs)) return "(none)";
  return readdirSync(logs)
    .map((name) => `— ${name}\n${lastLines(join(logs, name), 15)}`)
    .join("\n");
}
