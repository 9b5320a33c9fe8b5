import { describe, expect, it } from "vitest";
import { draftEstimate } from "@/lib/estimates/draft-estimate";
import { editEstimate } from "@/lib/estimates/edit-estimate";
import { editEstimateForm } from "@/lib/estimates/forms";
import { sendEstimate } from "@/lib/estimates/send-estimate";
import { asPerson } from "@/lib/infra/db";
import { lineId, onlyTreatment } from "../../support/bookings";
import { estimateForm, line, makeAcceptedCase } from "../../support/estimates";
import { hold } from "../../support/holds";
import { valueOf } from "../../support/outcomes";
import { testSystem } from "../../support/people";
import { makeAnsweredCase } from "../../support/reviews";

const now = new Date();
const AFTER_CHECK = new Date("2027-04-20T10:00:00Z");
const supply = (mode?: string) =>
  line("medicine_supply", 9_000, { optional: true, ...(mode ? { options: { mode } } : {}) });
const form = (mode?: string) => estimateForm([...onlyTreatment, supply(mode)], { validUntil: "2027-05-01" });

async function makeAnswered(country: string) {
  const answered = await makeAnsweredCase({ country });
  const drafted = (mode?: string, at = now) =>
    draftEstimate(answered.owner, answered.reviewId, form(mode), at);
  return { ...answered, drafted };
}

describe("the way home of medicines on an estimate", () => {
  it("is judged by the patient's country before it is priced: drafted, changed or sent", async () => {
    const { owner, drafted } = await makeAnswered("RU");
    const refusal = {
      reason: "invalid_supply_mode",
      detail: { path: "lines.2.mode", why: "post_not_allowed" },
    };
    expect(await drafted("post")).toMatchObject(refusal);
    expect(await drafted("pigeon")).toMatchObject({ reason: "invalid_supply_mode" });
    const { id } = valueOf(await drafted("local"));
    const posted = editEstimateForm.parse({ lines: [...onlyTreatment, supply("post")] });
    expect(await editEstimate(owner, id, posted, now)).toMatchObject(refusal);
    await asPerson(testSystem, (tx) =>
      tx.estimateLine.updateMany({
        where: { estimateId: id, kind: "medicine_supply" },
        data: { options: { mode: "post" } },
      }),
    );
    expect(await sendEstimate(owner, id, now)).toMatchObject(refusal);
  });

  it("may be the post where the country lets it, and the bag or a pharmacy elsewhere", async () => {
    expect(await (await makeAnswered("US")).drafted("post")).toMatchObject({ ok: true });
    const { owner, drafted } = await makeAnswered("SA");
    for (const mode of ["carry", "local"])
      expect(await sendEstimate(owner, valueOf(await drafted(mode)).id, now)).toMatchObject({ ok: true });
  });

  it("is priced by no rule that nobody has looked at for 180 days, and says so; a pharmacy at home goes on", async () => {
    const { owner, drafted } = await makeAnswered("US");
    expect(await drafted("carry", AFTER_CHECK)).toMatchObject({ reason: "supply_rules_old" });
    const { id } = valueOf(await drafted("carry"));
    expect(await sendEstimate(owner, id, AFTER_CHECK)).toMatchObject({ reason: "supply_rules_old" });
    expect(await drafted("local", AFTER_CHECK)).toMatchObject({ ok: true });
  });

  it("is the one a day is held with: what was priced for one way is not sold for another", async () => {
    const lines = [...onlyTreatment, supply("local")];
    const accepted = await makeAcceptedCase({ lines, country: "US" });
    const services = [lineId(accepted, "medicine_supply")];
    expect(await hold(accepted, { services, supplyMode: "carry" })).toMatchObject({
      reason: "supply_mode_sold",
      detail: { mode: "local" },
    });
    expect(await hold(accepted, { services })).toMatchObject({
      value: { shipments: [{ mode: "local" }] },
    });
  });
});
