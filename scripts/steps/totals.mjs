import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./root.mjs";

export const NOTHING = { passed: 0, failed: 0, skipped: 0, names: [] };

export function sum(parts) {
  return parts.reduce(
    (all, part) => ({
      passed: all.passed + part.passed,
      failed: all.failed + part.failed,
      skipped: all.skipped + part.skipped,
      names: [...all.names, ...(part.names ?? [])],
    }),
    NOTHING,
  );
}

/** The last line of every test run. */
export const lastLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** What failed, once more: where ten thousand lines went by, nobody looks for it among them. */
export const failedAgain = ({ names }) =>
  names.length === 0 ? "" : `Failed:\n${names.map((name) => `  ${name}\n`).join("")}\n`;

/** A run that ended badly has failed, even where no single test says so. */
function honest(totals, code) {
  if (code === 0 || totals.failed > 0) return totals;
  return { ...totals, failed: 1, names: ["a run of tests ended badly, though none of them failed"] };
}

const LONGEST = 300;

/** Where a test stands, what it promises, and the first lines of why it does not hold. */
function named(path, title, message) {
  const why = stripVTControlCharacters(message ?? "")
    .split(/\n\s+at /)[0]
    .replaceAll(/\s+/g, " ")
    .trim();
  return `${relative(root, path)} › ${title}${why === "" ? "" : `: ${why.slice(0, LONGEST)}`}`;
}

function report(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (failure) {
    // The runner died before it could report; its exit code says so.
    if (failure.code === "ENOENT" || failure instanceof SyntaxError) return null;
    throw failure;
  }
}

/** Counts of vitest's JSON report. A file that does not even load counts as one failed test. */
export function vitestTotals(path, code) {
  const files = report(path)?.testResults ?? [];
  const of = (file, ...states) =>
    file.assertionResults.filter(({ status }) => states.includes(status)).length;
  const perFile = files.map((file) => {
    const names = file.assertionResults
      .filter(({ status }) => status === "failed")
      .map(({ fullName, failureMessages }) => named(file.name, fullName, failureMessages?.[0]));
    if (names.length === 0 && file.status === "failed") {
      names.push(named(file.name, "does not load", file.message));
    }
    return {
      passed: of(file, "passed"),
      failed: names.length,
      skipped: of(file, "pending", "skipped", "todo", "disabled"),
      names,
    };
  });
  return honest(sum(perFile), code);
}

/** Counts of Playwright's JSON report. A test that passed only at a second try has failed. */
export function playwrightTotals(path, code) {
  const { stats, suites = [], config } = report(path) ?? {};
  if (!stats) return honest(NOTHING, code);
  const { expected, unexpected, flaky, skipped } = stats;
  const names = suites.flatMap((suite) => failedSpecs(suite, config?.rootDir ?? root));
  return honest({ passed: expected, failed: unexpected + flaky, skipped, names }, code);
}

/** Suites hold suites; a spec is tried in every project that has it. */
function failedSpecs({ specs = [], suites = [] }, folder) {
  const here = specs.flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .map(({ projectName, results }) => {
        const why = results.find(({ error }) => error)?.error.message;
        return named(join(folder, file), `${title} [${projectName}]`, why);
      }),
  );
  return [...here, ...suites.flatMap((suite) => failedSpecs(suite, folder))];
}
