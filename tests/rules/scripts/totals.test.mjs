import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lastLine, playwrightTotals, sum, vitestTotals } from "../../../scripts/steps/totals.mjs";

const folder = mkdtempSync(join(tmpdir(), "valvia-totals-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(content) {
  const path = join(folder, "report.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const file = (status, ...states) => ({
  status,
  assertionResults: states.map((state) => ({ status: state })),
});

describe("the totals of a test run", () => {
  it("adds the parts up in the promised words", () => {
    const all = sum([
      { passed: 4, failed: 1, skipped: 0 },
      { passed: 2, failed: 0, skipped: 3 },
    ]);
    expect(lastLine(all)).toBe("6 passed, 1 failed, 3 skipped");
  });

  it("counts a file that does not load as a failure", () => {
    const path = written({ testResults: [file("passed", "passed", "skipped"), file("failed")] });
    expect(vitestTotals(path, 1)).toEqual({ passed: 1, failed: 1, skipped: 1 });
  });

  it("counts a run that ended badly as failed though every test passed", () => {
    expect(vitestTotals(written({ testResults: [file("passed", "passed")] }), 1)).toMatchObject({
      failed: 1,
    });
  });

  it("counts a runner that left no report as failed", () => {
    expect(playwrightTotals(join(folder, "missing.json"), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it("does not take a second try for a success", () => {
    const path = written({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 } });
    expect(playwrightTotals(path, 1)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });
});
