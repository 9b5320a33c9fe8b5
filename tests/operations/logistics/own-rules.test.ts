import { describe, expect, it } from "vitest";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { SERVICE_RULES } from "@/lib/estimates/catalogue";
import { draftEstimate } from "@/lib/estimates/draft-estimate";
import { editEstimate } from "@/lib/estimates/edit-estimate";
import { draftEstimateForm, editEstimateForm } from "@/lib/estimates/forms";
import { asPerson } from "@/lib/infra/db";
import { catalogueServiceForm } from "@/lib/logistics/catalogue-form";
import { saveCatalogueEntry } from "@/lib/logistics/save-catalogue-entry";
import { bookingNow, makeHold, onlyTreatment } from "../../support/bookings";
import { estimateForm, line, makeAcceptedCase } from "../../support/estimates";
import { valueOf } from "../../support/outcomes";
import { makeAdmin, testSystem } from "../../support/people";
import { makeAnsweredCase } from "../../support/reviews";

const now = new Date();

async function sell(kind: string, seenVersion: number, refundRule: string) {
  const said = { offer: "optional", quantity: 1, unit: "piece", prices: {} };
  const form = catalogueServiceForm.parse({ ...said, kind, seenVersion, refundRule });
  return valueOf(await saveCatalogueEntry(await makeAdmin(), form, now));
}

const rulesOf = (lines: readonly { kind: string; options: unknown }[]) =>
  lines.map(({ kind, options }) => [kind, (options as { refundRule?: string } | null)?.refundRule ?? null]);

describe("what comes back of a service", () => {
  it("goes from the catalogue into the line, and with it into the booking and what is quoted", async () => {
    await sell("hotel", 0, "half");
    await sell("visa", 0, "house");
    const lines = [...onlyTreatment, line("hotel", 50_000), line("visa", 10_000)];
    const accepted = await makeAcceptedCase({ lines });
    expect(rulesOf(accepted.estimate.lines)).toEqual([
      ["treatment", null],
      ["operator_fee", null],
      ["hotel", "half"],
      ["visa", null],
    ]);
    // What is sold from now on is of no matter to what was accepted.
    await sell("hotel", 1, "supplier_rule");
    const held = await makeHold(accepted);
    expect(held.services.map(({ kind, line: booked }) => [kind, booked.ownRule])).toEqual([
      ["treatment", null],
      ["operator_fee", null],
      ["hotel", "half"],
      ["visa", null],
    ]);
    expect(await bookingNow(held.id)).toEqual(held);
    const [treatment, services] = held.contracts;
    expect(services?.text).toContain(
      "Hotel: 500.00 EUR, fixed. If you cancel or do not come: half of it comes back",
    );
    expect(services?.text).toContain("Visa papers: 100.00 EUR, fixed\n");
    expect(treatment?.text).not.toContain("comes back");
    const quoted = await refundQuoteFor(
      accepted.patient,
      held.id,
      "patient_cancels",
      undefined,
      now,
      "planned",
    );
    expect(quoted?.quote.parts.find(({ kind }) => kind === "hotel")).toMatchObject({
      ...{ keptMinor: 25_000n, rule: "own_half" },
    });
    const hotelId = accepted.estimate.lines.find(({ kind }) => kind === "hotel")?.id ?? "";
    await expect(
      asPerson(testSystem, (tx) =>
        tx.estimateLine.update({ where: { id: hotelId }, data: { options: { refundRule: "whole" } } }),
      ),
    ).rejects.toThrow(/never changes/);
  });

  it("is what a line says of itself, also that the house's days hold; and nothing where it is no service of ours", async () => {
    await sell("companion", 0, "half");
    const { owner, reviewId } = await makeAnsweredCase();
    const own = (kind: string, refundRule: string, more = {}) =>
      line(kind, 1_000, { options: { refundRule }, ...more });
    const first = [
      own("treatment", "whole", { contract: "A" }),
      own("operator_fee", "whole"),
      own("companion", "house"),
      own("companion", "supplier_rule"),
      line("companion", 1_000),
    ];
    const draft = valueOf(await draftEstimate(owner, reviewId, estimateForm(first), now));
    const expected = [
      ["treatment", null],
      ["operator_fee", null],
      ["companion", "house"],
      ["companion", "supplier_rule"],
      ["companion", "half"],
    ];
    expect(rulesOf(draft.lines)).toEqual(expected);
    const changed = await editEstimate(owner, draft.id, editEstimateForm.parse({ lines: first }), now);
    expect(rulesOf(valueOf(changed).lines)).toEqual(expected);
  });

  it("is one of the rules the calculator knows, by the form and by the database", async () => {
    const wrong = { ...estimateForm(), lines: [line("hotel", 1, { options: { refundRule: "never" } })] };
    expect(draftEstimateForm.safeParse(wrong).error?.issues[0]).toMatchObject({
      path: ["lines", 0, "options", "refundRule"],
      message: `One of ${SERVICE_RULES.join(", ")}.`,
    });
    const { owner, reviewId } = await makeAnsweredCase();
    const draft = valueOf(await draftEstimate(owner, reviewId, estimateForm(), now));
    const write = (kind: string, refundRule: string) =>
      asPerson(testSystem, (tx) =>
        tx.estimateLine.updateMany({
          where: { estimateId: draft.id, kind },
          data: { options: { refundRule } },
        }),
      );
    await expect(write("interpreter", "never")).rejects.toThrow(/line_knows_its_rule/);
    await expect(write("treatment", "half")).rejects.toThrow(/line_knows_its_rule/);
    expect((await write("interpreter", "half")).count).toBe(1);
  });
});
