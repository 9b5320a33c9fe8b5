import { readFileSync } from "node:fs";

export const NOTHING = { passed: 0, failed: 0, skipped: 0 };

export function sum(parts) {
  return parts.reduce(
    (all, part) => ({
      passed: all.passed + part.passed,
      failed: all.failed + part.failed,
      skipped: all.skipped + part.skipped,
    }),
    NOTHING,
  );
}

/** The last line of every test run. */
export const lastLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** A run that ended badly has failed, even where no single test says so. */
function honest(totals, code) {
  return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
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
    const failed = of(file, "failed");
    return {
      passed: of(file, "passed"),
      failed: failed === 0 && file.status === "failed" ? 1 : failed,
      skipped: of(file, "pending", "skipped", "todo", "disabled"),
    };
  });
  return honest(sum(perFile), code);
}

/** Counts of Playwright's JSON report. A test that passed only at a second try has failed. */
export function playwrightTotals(path, code) {
  const stats = report(path)?.stats;
  if (!stats) return honest(NOTHING, code);
  const { expected, unexpected, flaky, skipped } = stats;
  return honest({ passed: expected, failed: unexpected + flaky, skipped }, code);
}
