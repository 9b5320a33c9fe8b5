import { fromRoot } from "./root.mjs";
import { run } from "./run.mjs";
import { say } from "./say.mjs";

const inModules = (...parts) => fromRoot("node_modules", ...parts);

const TYPES = {
  name: "types",
  program: inModules("typescript", "bin", "tsc"),
  args: ["--noEmit", "-p", "."],
};
const LINT = { name: "lint", program: inModules("oxlint", "bin", "oxlint"), args: ["--type-aware"] };
const FORMAT = { name: "format", program: inModules("oxfmt", "bin", "oxfmt"), args: ["--check", "."] };
const UNUSED = {
  name: "unused code",
  program: inModules("knip", "bin", "knip.js"),
  args: ["--no-progress", "--no-config-hints"],
};
const IMPORTS = {
  name: "import directions",
  program: inModules("vitest", "vitest.mjs"),
  args: ["run", "--project", "house", "--reporter=dot"],
};

/** The checks that no other part of the tests makes. */
export const STATIC = [TYPES, LINT, FORMAT, UNUSED];

/** All that must hold before a change is sent. */
export const ALL = [TYPES, LINT, IMPORTS, FORMAT, UNUSED];

/** Next writes the types of routes and pages; without them half the tree does not type-check. */
async function writeRouteTypes() {
  const { code, output } = await node(inModules("next", "dist", "bin", "next"), ["typegen"]);
  return code === 0 ? null : output;
}

function node(program, args) {
  return run({
    command: process.execPath,
    args: [program, ...args],
    log: fromRoot(".build", "check.log"),
    lines: 200,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1", FORCE_COLOR: undefined },
  });
}

/** Runs checks one after the other; answers with how many held and how many did not. */
export async function runChecks(checks) {
  const totals = { passed: 0, failed: 0, skipped: 0, names: [] };
  const trouble = await writeRouteTypes();
  for (const { name, program, args } of checks) {
    const since = performance.now();
    const { code, output } =
      trouble && name === "types" ? { code: 1, output: trouble } : await node(program, args);
    const took = `${((performance.now() - since) / 1000).toFixed(1)} s`;
    totals[code === 0 ? "passed" : "failed"] += 1;
    if (code !== 0) totals.names.push(`the check "${name}"`);
    say(code === 0 ? `${name}: holds (${took})` : `${name}: FAILED (${took})\n${output}`);
  }
  return totals;
}
