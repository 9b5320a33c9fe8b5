import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromRoot } from "../../../scripts/steps/root.mjs";
import { afterAll, describe, expect, it } from "vitest";
import {
  failedAgain,
  lastLine,
  playwrightTotals,
  sum,
  vitestTotals,
} from "../../../scripts/steps/totals.mjs";

const folder = mkdtempSync(join(tmpdir(), "valvia-totals-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(content) {
  const path = join(folder, "report.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const file = (status, ...states) => ({
  name: fromRoot("tests", "some.test.ts"),
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
    expect(vitestTotals(path, 1)).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
  });

  it("counts a run that ended badly as failed though every test passed", () => {
    expect(vitestTotals(written({ testResults: [file("passed", "passed")] }), 1)).toMatchObject({
      failed: 1,
    });
  });

  it("counts a runner that left no report as failed", () => {
    expect(playwrightTotals(join(folder, "missing.json"), 1)).toMatchObject({
      passed: 0,
      failed: 1,
      skipped: 0,
    });
  });

  it("does not take a second try for a success", () => {
    const path = written({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 } });
    expect(playwrightTotals(path, 1)).toMatchObject({ passed: 5, failed: 2, skipped: 2 });
  });

  it("names what failed once more, with the reason, whichever runner ran it", () => {
    const inVitest = vitestTotals(
      written({
        testResults: [
          {
            name: fromRoot("tests", "rules", "money.test.ts"),
            status: "failed",
            assertionResults: [
              { status: "passed", fullName: "money adds up" },
              {
                status: "failed",
                fullName: "money divides",
                failureMessages: ["expected 1 to be 2\n    at x"],
              },
            ],
          },
          { name: fromRoot("tests", "rules", "broken.test.ts"), status: "failed", assertionResults: [] },
        ],
      }),
      1,
    );
    const tried = (status, message) => ({
      status,
      projectName: "phone",
      results: [{ error: message ? { message } : undefined }],
    });
    const inPlaywright = playwrightTotals(
      written({
        config: { rootDir: fromRoot("tests", "journeys") },
        stats: { expected: 1, unexpected: 1, flaky: 0, skipped: 0 },
        suites: [
          {
            specs: [{ file: "a.spec.ts", title: "goes", tests: [tried("expected")] }],
            suites: [
              {
                specs: [
                  {
                    file: "a.spec.ts",
                    title: "comes",
                    tests: [tried("unexpected", "\u001B[31mno\u001B[39m")],
                  },
                ],
              },
            ],
          },
        ],
      }),
      1,
    );
    expect(failedAgain(sum([inVitest, inPlaywright]))).toBe(
      [
        "Failed:",
        "  tests/rules/money.test.ts › money divides: expected 1 to be 2",
        "  tests/rules/broken.test.ts › does not load",
        "  tests/journeys/a.spec.ts › comes [phone]: no",
        "",
        "",
      ].join("\n"),
    );
  });

  it("says nothing of failures where there are none", () => {
    expect(failedAgain(sum([{ passed: 1, failed: 0, skipped: 0 }]))).toBe("");
  });
});
