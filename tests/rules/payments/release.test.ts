import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { approvedReleasePostings, paidReleasePostings } from "@/lib/payments/ledger";
import { decimalText, sheetLine } from "@/lib/payments/ledger-sheet";
import {
  closedBalance,
  closingText,
  endOf,
  lastDayOf,
  monthAfter,
  monthsOver,
  nextToClose,
} from "@/lib/payments/closing";
import { hospitalLines, supplierLine } from "@/lib/payments/release";

const deliveredAt = new Date("2026-05-04T10:00:00Z");
const service = (id: string, amountMinor: bigint) => ({ id, kind: "treatment", amountMinor, deliveredAt });
const sum = (lines: readonly { amountMinor: bigint }[]) =>
  lines.reduce((all, one) => all + one.amountMinor, 0n);

describe("what a hospital is passed on", () => {
  it("is what its final account says is owed, never above what was booked, to the last unit", () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(1n, 10n ** 10n), { minLength: 1, maxLength: 6 }),
        fc.bigInt(0n, 10n ** 11n),
        fc.bigInt(0n, 10n ** 11n),
        (sums, owedMinor, passedOnMinor) => {
          const services = sums.map((amount, index) => service(`${index}`, amount));
          const lines = hospitalLines(services, {
            id: "account",
            owedMinor: owedMinor + passedOnMinor,
            passedOnMinor,
          });
          const booked = sum(services);
          expect(sum(lines)).toBe(owedMinor < booked ? owedMinor : booked);
          for (const line of lines)
            expect(line.amountMinor).toBeLessThanOrEqual(sums[Number(line.serviceId)] ?? 0n);
        },
      ),
    );
  });
});

describe("what a supplier is passed on", () => {
  it("is the booked sum less the tax within it, and both steps come to zero", () => {
    const line = supplierLine(
      service("ride", 50_000n),
      { evidence: "transfer_done", evidenceId: "ride" },
      { other: { treatment: "standard", rateBp: 1_900, note: "" } },
    );
    if (!line) throw new Error("There is a rule.");
    expect(line.taxMinor).toBe(7_983n);
    for (const postings of [approvedReleasePostings("B", line), paidReleasePostings("B", 42_017n)])
      expect(sum(postings)).toBe(0n);
  });
});

describe("the tax within what a supplier is passed on", () => {
  it("is the invoice's, else the rule's, and where neither says the line waits", () => {
    const proof = { evidence: "service_delivered" as const, evidenceId: "ride" };
    const ride = service("ride", 50_000n);
    expect(supplierLine(ride, proof, {})).toBeNull();
    expect(supplierLine(ride, proof, {}, 7_000n)?.taxMinor).toBe(7_000n);
    const rules = { other: { treatment: "exempt" as const, rateBp: 0, note: "law" } };
    expect(supplierLine(ride, proof, rules)?.taxMinor).toBe(0n);
  });
});

describe("months", () => {
  it("follow each other over the year's end and end where the next begins", () => {
    expect(monthAfter("2026-12")).toBe("2027-01");
    expect(monthsOver("2025-09", "2026-11")).toBe(14);
    expect(monthsOver("2026-10", "2026-11")).toBe(1);
    expect(monthsOver("2026-11", "2026-11")).toBe(0);
    expect(endOf("2026-02").toISOString()).toBe("2026-03-01T00:00:00.000Z");
    expect(lastDayOf("2026-02")).toBe("2026-02-28");
  });

  it("come in their order: the first with an entry, then one by one, never the running one", () => {
    const now = new Date("2026-05-04T10:00:00Z");
    const first = { lastClosed: null, firstEntryAt: new Date("2026-03-31T23:59:59Z") };
    expect(nextToClose(first, now)).toBe("2026-03");
    expect(nextToClose({ ...first, lastClosed: "2026-03" }, now)).toBe("2026-04");
    expect(nextToClose({ ...first, lastClosed: "2026-04" }, now)).toBeNull();
    expect(nextToClose({ lastClosed: null, firstEntryAt: null }, now)).toBeNull();
  });

  it("have one text whatever order their balance was read in", () => {
    const rows = [
      { account: "tax", currency: "EUR", debitMinor: 0n, creditMinor: 5n },
      { account: "psp_clearing", currency: "EUR", debitMinor: 5n, creditMinor: 0n },
    ];
    const text = (order: typeof rows) => closingText("2026-03", closedBalance(order), null);
    expect(text(rows)).toBe(text(rows.toReversed()));
    expect(text(rows)).toBe("valvia closing 1\n2026-03\n-\nEUR psp_clearing 5 0\nEUR tax 0 5\n");
  });
});

describe("a line of the sheet", () => {
  it("keeps numbers and marks what a spreadsheet would run", () => {
    expect(sheetLine(["-12.34", "=1+1", "+1", "@a", "-x", "a,b", 'say "x"', "\ttab"])).toBe(
      `-12.34,'=1+1,'+1,'@a,'-x,"a,b","say ""x""",'\ttab\r\n`,
    );
  });

  it("writes sums with the decimals of their currency", () => {
    expect([decimalText(-5n, "EUR"), decimalText(1_234n, "KWD"), decimalText(-7n, "JPY")]).toEqual([
      "-0.05",
      "1.234",
      "-7",
    ]);
  });
});
