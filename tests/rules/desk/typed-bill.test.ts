import { describe, expect, it } from "vitest";
import { readTypedBill } from "@/lib/desk/forms/bill";
import { NO_SUM } from "@/lib/desk/forms/no-sum";
import { newId } from "@/lib/kernel/ids";

const head = { fileId: newId(), number: "R-1", issuedOn: "2026-11-01", total: "100" };

function issuesOf(lines: object[], more: object = {}) {
  const read = readTypedBill({ ...head, lines, ...more }, "EUR");
  if (read.kind !== "read") throw new Error(read.kind);
  return (read.parsed.success ? [] : read.parsed.error.issues).map(({ path, message }) => [
    path.join("."),
    message,
  ]);
}

describe("a typed invoice", () => {
  it("asks for a sum as one writes it, in a line and in the total", () => {
    const ward = { wording: "Ward", amount: "100" };
    expect(issuesOf([ward])).toEqual([]);
    expect(issuesOf([ward, { wording: "Drugs", amount: "dear" }])).toEqual([["lines.1.amount", NO_SUM]]);
    expect(issuesOf([ward], { total: "much" })).toEqual([["total", NO_SUM]]);
  });

  it("loses no row of which only the code or the quantity was written", () => {
    const paths = issuesOf([{ code: "0815", quantity: "2" }]).map(([path]) => path);
    expect(paths).toEqual(["lines.0.wording", "lines.0.amount"]);
    expect(issuesOf([{ wording: "Ward", amount: "100" }, {}])).toEqual([]);
  });
});
