import { beforeEach, describe, expect, it } from "vitest";
import { COVER_SETTING } from "@/lib/bookings/booking";
import { coverForm } from "@/lib/bookings/cover-form";
import { saveCover } from "@/lib/bookings/save-cover";
import { typedFeeForm } from "@/lib/desk/forms/money-settings";
import { estimateStart, operatorFees } from "@/lib/desk/queries/estimate";
import { moneySettingsFor } from "@/lib/desk/queries/money-settings";
import { firstLines } from "@/lib/desk/first-lines";
import { FEE_SETTING } from "@/lib/estimates/operator-fee";
import { saveOperatorFee } from "@/lib/estimates/save-operator-fee";
import { openDb } from "@/lib/infra/db";
import { addDays, dayOf } from "@/lib/kernel/day";
import { makeClinic } from "../../support/clinics";
import { reasonOf, reasonsOf, valueOf } from "../../support/outcomes";
import { makeAdmin, makeFinance } from "../../support/people";
import { makeAnsweredCase } from "../../support/reviews";

const now = new Date();
const KEYS = [FEE_SETTING, COVER_SETTING];
beforeEach(() => openDb().setting.deleteMany({ where: { key: { in: KEYS } } }));
const traceOf = (actorId: string) =>
  openDb().auditEvent.count({ where: { event: "setting.changed", actorId } });

describe("the operator's fee", () => {
  const form = (amount: string, sums: Record<string, string> = {}, seenAt = "") =>
    typedFeeForm.parse({ amount, sums, seenAt });

  it("is what estimates begin with from then on, in a currency of its own sum by that", async () => {
    const admin = await makeAdmin();
    const { owner, caseId, reviewId } = await makeAnsweredCase({
      clinic: await makeClinic({ currency: "JPY" }),
    });
    valueOf(await saveOperatorFee(admin, form("1,900.50", { JPY: "300000" }), now));
    const start = await estimateStart(owner, caseId, reviewId);
    if (!start) throw new Error("Nothing to begin with.");
    expect(start).toMatchObject({ feeEuroCents: 190_050n, setFeeMinor: 300_000n, rate: null });
    const causes = {
      fixed: "Fixed",
      stay: "Stay",
      interpreter: "Hours",
      medicine: "Weight",
      varies: "Varies",
    };
    const [fee, ride] = firstLines(start.price, start, causes).slice(1);
    expect(fee).toMatchObject({ kind: "operator_fee", expected: "300000" });
    expect(ride).toMatchObject({ kind: "transfer_arrival", expected: "" });
    expect([...(await operatorFees(owner, ["EUR", "JPY", "KWD"]))]).toEqual([
      ["EUR", 190_050n],
      ["JPY", 300_000n],
    ]);
    expect(await traceOf(admin.personId)).toBe(1);
  });

  it("is kept once when two change it at once, and not by whoever saw an older one", async () => {
    const [one, other] = [await makeAdmin(), await makeAdmin()];
    const both = await Promise.all([one, other].map((admin) => saveOperatorFee(admin, form("2000"), now)));
    expect(reasonsOf(both)).toEqual(["done", "stale_settings"]);
    expect(reasonOf(await saveOperatorFee(one, form("2100"), now))).toBe("stale_settings");
    const seen = (await moneySettingsFor(await makeFinance(), now)).fee;
    expect(seen).toMatchObject({ euroCents: 200_000n, isSet: true });
    const again = form("2100", {}, seen.changedAt?.toISOString());
    expect(reasonOf(await saveOperatorFee(one, again, now))).toBe("done");
  });

  it("is a sum, in currencies that are known", () => {
    const fits = (amount: string, sums: object = {}) => typedFeeForm.safeParse({ amount, sums }).success;
    expect([fits("x"), fits("-1"), fits("10", { JPY: "1.5" }), fits("10", { EUR: "1" })]).toEqual(
      Array(4).fill(false),
    );
    expect(fits("2400")).toBe(true);
  });
});

describe("the insolvency cover", () => {
  const today = dayOf(now);
  const form = (validUntil: string, seenAt = "") =>
    coverForm.parse({ insurer: "Sure AG", number: "P-1", validUntil, seenAt });
  const seen = async (at = now) => (await moneySettingsFor(await makeFinance(), at)).cover;

  it("is kept with a trace, and told when it ends soon and when it is over", async () => {
    const admin = await makeAdmin();
    expect(await seen()).toEqual({ cover: null, changedAt: null });
    valueOf(await saveCover(admin, form(addDays(today, 61)), now));
    expect((await seen()).cover).toMatchObject({ insurer: "Sure AG", state: "holds" });
    const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
    expect((await seen(inDays(2))).cover?.state).toBe("ends_soon");
    expect((await seen(inDays(61))).cover?.state).toBe("ends_soon");
    expect((await seen(inDays(62))).cover?.state).toBe("over");
    expect(await traceOf(admin.personId)).toBe(1);
  });

  it("is refused when it has ended already or somebody else changed it, and kept once of two", async () => {
    const admin = await makeAdmin();
    expect(await saveCover(admin, form(addDays(today, -1)), now)).toMatchObject({
      ...{ reason: "cover_over", detail: { path: "validUntil" } },
    });
    const both = await Promise.all([1, 2].map(() => saveCover(admin, form(addDays(today, 9)), now)));
    expect(reasonsOf(both)).toEqual(["done", "stale_settings"]);
    const again = form(addDays(today, 99), (await seen()).changedAt?.toISOString());
    expect(reasonOf(await saveCover(admin, again, now))).toBe("done");
  });
});
