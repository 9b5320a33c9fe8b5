import fc from "fast-check";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { RefundList } from "@/components/bookings/refund-list";
import { CANCEL_CAUSES, type CancelCause, quoteRefund, type RefundFacts } from "@/lib/bookings/refund-policy";
import { refundQuoteView } from "@/lib/bookings/views/refund-quote";
import causes from "@/locales/en/causes.json";
import lineKinds from "@/locales/en/lineKinds.json";
import my from "@/locales/en/my.json";

const facts: Omit<RefundFacts, "cause"> = {
  policyVersion: "2026-11b",
  on: "2027-02-05",
  treatmentOn: "2027-02-15",
  bands: [
    { fromDays: 14, keptBp: 1_000 },
    { fromDays: 0, keptBp: 2_500 },
  ],
  lines: [
    { lineId: "a", kind: "treatment", contract: "A", amountMinor: 4_000_000n, delivered: false },
    { lineId: "b", kind: "operator_fee", contract: "B", amountMinor: 240_000n, delivered: false },
  ],
  deliveredSlices: ["papers"],
  paid: { A: 1_095_000n, B: 51_700n },
  contractAMode: "held_by_operator",
};

/** The sums of a text in cents, in its order. */
const sumsIn = (text: string) =>
  [...text.matchAll(/€([\d,]+\.\d\d)/g)].map(([, sum = ""]) => Number(sum.replaceAll(/[,.]/g, "")));

/** The words of the head and of one row, as somebody reads the table. */
function tableFor(
  cause: CancelCause,
  basis: "paid" | "planned" = "paid",
  given: Partial<RefundFacts> = {},
): string {
  const booking = { id: "b", policyVersion: "1", currency: "EUR" };
  const quote = quoteRefund({ ...facts, ...given, cause });
  const page = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={{ my, causes, lineKinds }} timeZone="UTC">
      <RefundList
        quotes={[refundQuoteView({ quote, on: facts.on, booking })]}
        basis={basis}
        currency="EUR"
        locale="en"
      />
    </NextIntlClientProvider>,
  );
  return page.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
}

const rowFor = (cause: CancelCause, given: Partial<RefundFacts> = {}) => tableFor(cause, "paid", given);

describe("the sums of a refund, cause by cause", () => {
  it("says of what we fail in that the part of our fee already done is kept, and how much", () => {
    const row = rowFor("operator_failure");
    expect(row).toContain("€10,950.00");
    expect(row).toContain("€517.00");
    // 600.00 were earned and 517.00 paid: the sums of the lines less what no payment covers are what is kept.
    expect(row).toContain("Less €83.00, which no payment here covers");
    expect(row).toContain("Our fee, €600.00: the part already done, 25% of the agreed €2,400.00");
  });

  it("says that nothing is kept where our fee comes back whole", () => {
    const row = rowFor("medical_deterioration");
    expect(row).toContain("€11,467.00");
    expect(row).toContain("nothing");
  });

  it("names the share the clinic itself keeps", () => {
    expect(rowFor("patient_cancels")).toContain(
      "Treatment, €10,000.00: the clinic’s rule, 25% of the agreed €40,000.00",
    );
  });

  it("names the share of the rule, however its sum is rounded", () => {
    const line = { kind: "medicine_supply", contract: "B" as const, amountMinor: 9_765n, delivered: false };
    const row = rowFor("patient_cancels", { lines: [{ lineId: "m", ...line }], paid: { A: 0n, B: 9_765n } });
    expect(row).toContain("€48.82: 50% of the agreed €97.65 this close to the day");
    const close = { ...facts, on: "2027-02-10", paid: { A: 0n, B: 9_765n } };
    const said = rowFor("patient_cancels", {
      ...close,
      lines: [{ lineId: "m", ...line, provenMinor: 3_333n }],
    });
    expect(said).toContain("€33.33: what the supplier keeps by its own rule this close to the day");
    expect(said).not.toContain("%");
  });

  it("says what is open where nobody has proven a cost, for who does not come as for who cancels that day", () => {
    const line = { lineId: "m", kind: "interpreter", contract: "B" as const, delivered: false };
    const given = {
      on: "2027-02-15",
      lines: [{ ...line, amountMinor: 58_000n }],
      paid: { A: 0n, B: 60_000n },
    };
    // Both end between 20.00 and 600.00: it depends on what the supplier proves, not on who says a word.
    const absent = rowFor("no_show", given);
    expect(absent).toContain(
      "Comes back: €600.00 What is kept: nothing Up to €580.00 more is kept where the clinic or a supplier proves",
    );
    const late = rowFor("patient_cancels", given);
    expect(late).toContain("Comes back: €20.00 What is kept: €580.00");
    expect(late).toContain("Up to €580.00 more comes back once the suppliers have said their own rule");
    const proven = { ...given, lines: [{ ...line, amountMinor: 58_000n, provenMinor: 30_000n }] };
    for (const cause of ["no_show", "patient_cancels"] as const) {
      expect(rowFor(cause, proven)).toContain("Comes back: €300.00 What is kept: €300.00");
      expect(rowFor(cause, proven)).not.toContain("Up to");
    }
  });

  it("gives sums that add up to what is kept, whatever was paid and however many lines are alike", () => {
    const cent = fc.bigInt({ min: 0n, max: 5_000_000n });
    const line = fc.record({
      lineId: fc.uuid(),
      kind: fc.constantFrom("treatment", "operator_fee", "interpreter", "translation"),
      ...{
        contract: fc.constantFrom("A" as const, "B" as const),
        amountMinor: cent,
        delivered: fc.boolean(),
      },
    });
    const given = fc.record({
      lines: fc.array(line, { maxLength: 6 }),
      paid: fc.record({ A: cent, B: cent }),
      contractAMode: fc.constantFrom("direct" as const, "held_by_operator" as const),
      on: fc.constantFrom("2027-01-01", "2027-02-05", "2027-02-12"),
    });
    fc.assert(
      fc.property(given, fc.constantFrom(...CANCEL_CAUSES), (some, cause) => {
        const row = rowFor(cause, some);
        const [, kept, ...lines] = sumsIn(row.replaceAll(/of the agreed €[\d,.]+|Up to €[\d,.]+ more/g, ""));
        const less = sumsIn(/Less €[\d,.]+, which/.exec(row)?.[0] ?? "");
        const said = lines.reduce((sum, one) => sum + one, 0) - 2 * (less[0] ?? 0);
        if (row.includes("nothing")) expect(lines).toEqual([]);
        else expect(said).toBe(kept);
      }),
      { numRuns: 200 },
    );
  });

  it("says in its head that it assumes everything was paid, as long as nothing was", () => {
    expect(tableFor("death", "planned")).toContain("Comes back, if everything planned was paid");
    expect(tableFor("death")).not.toContain("if everything planned was paid");
    expect(tableFor("death")).toContain("Comes back");
  });
});
