import { describe, expect, it } from "vitest";
import { linesOf } from "@/components/payments/bill-matching";
import type { BilledLineView, BillRow, BillView } from "@/lib/payments/bill-view";

const line = (billId: string, position: number) =>
  ({ id: `${billId}${position}`, billId, position }) as BilledLineView;
const row = (lineId: string, lines: BilledLineView[]) => ({ lineId, lines }) as BillRow;
const bills = [{ id: "first" }, { id: "second" }] as BillView[];

describe("the lines somebody compares", () => {
  it("stand invoice by invoice, each by its own number, whatever they stand for", () => {
    const rows = [row("treatment", [line("second", 1), line("first", 3)]), row("stay", [line("first", 1)])];
    const others = [line("second", 2), line("first", 2)];
    expect(linesOf({ bills, rows, others }).map((said) => [said.line.id, said.lineId])).toEqual([
      ["first1", "stay"],
      ["first2", null],
      ["first3", "treatment"],
      ["second1", "treatment"],
      ["second2", null],
    ]);
  });
});
