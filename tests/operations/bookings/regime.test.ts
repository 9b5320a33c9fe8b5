import { describe, expect, it } from "vitest";
import { addDays, dayOf } from "@/lib/kernel/day";
import { COVER_SETTING } from "@/lib/bookings/booking";
import { decideRegime } from "@/lib/bookings/decide-regime";
import { signContract } from "@/lib/bookings/sign-contract";
import { asPerson, openDb } from "@/lib/infra/db";
import { tidyHolds } from "@/lib/logistics/tidy-holds";
import { bookingNow, makeHold, onlyTreatment } from "../../support/bookings";
import { type AcceptedCase, line, makeAcceptedCase } from "../../support/estimates";
import { reasonOf, reasonsOf, traces, valueOf } from "../../support/outcomes";
import { makeCoordinator, testSystem } from "../../support/people";

const now = () => new Date();
const sign = ({ patient }: AcceptedCase, id: string) =>
  signContract(patient, id, { contract: "A", typedName: patient.name }, now());
const tasksOf = ({ caseId }: AcceptedCase) =>
  asPerson(testSystem, (tx) => tx.task.findMany({ where: { caseId } }));

async function makeUndecided() {
  const one = await makeAcceptedCase({ lines: [...onlyTreatment, line("companion", 50_000)] });
  return { one, held: await makeHold(one) };
}
const no = { regime: "LIKELY_NOT_PACKAGE" as const, reason: "The companion pays for the bed at the hotel." };

async function coverUntil(days: number) {
  await openDb().setting.deleteMany({ where: { key: COVER_SETTING } });
  const value = { insurer: "Safe AG", number: "P-1", validUntil: addDays(dayOf(now()), days) };
  await openDb().setting.create({ data: { key: COVER_SETTING, value } });
}

describe("a booking whose travel law nobody has decided", () => {
  it("is signed by nobody, and put before the owner of its case once", async () => {
    const { one, held } = await makeUndecided();
    expect(held.regime).toBe("LEGAL_REVIEW");
    expect(reasonOf(await sign(one, held.id))).toBe("legal_review");
    await tidyHolds(testSystem, now());
    await tidyHolds(testSystem, now());
    expect(await tasksOf(one)).toMatchObject([{ kind: "decide_regime", ownerId: one.owner.personId }]);
  });

  it("is signed once it is decided, with the reason written down", async () => {
    const { one, held } = await makeUndecided();
    await tidyHolds(testSystem, now());
    valueOf(await decideRegime(one.owner, held.id, no, now()));
    expect(await bookingNow(held.id)).toMatchObject({ regime: "LIKELY_NOT_PACKAGE" });
    expect(await tasksOf(one)).toMatchObject([{ state: "done", doneById: one.owner.personId }]);
    const audit = await openDb().auditEvent.findFirst({
      where: { objectId: held.id, event: "booking.regime" },
    });
    expect(audit?.facts).toMatchObject({ to: "LIKELY_NOT_PACKAGE", reason: no.reason });
    expect(reasonOf(await sign(one, held.id))).toBe("done");
  });

  it("is decided once, by the owner of its case alone", async () => {
    const { one, held } = await makeUndecided();
    expect(reasonOf(await decideRegime(await makeCoordinator(), held.id, no, now()))).toBe("forbidden");
    const both = [1, 2].map(() => decideRegime(one.owner, held.id, no, now()));
    expect(reasonsOf(await Promise.all(both))).toEqual(["done", "illegal_transition"]);
    expect(await traces(one.caseId, "booking.regime")).toBe(1);
    const other = await makeAcceptedCase({ lines: onlyTreatment });
    const plain = await makeHold(other);
    expect(reasonOf(await decideRegime(other.owner, plain.id, no, now()))).toBe("illegal_transition");
    expect(reasonOf(await decideRegime(other.owner, other.caseId, no, now()))).toBe("not_found");
  });
});

describe("a package", () => {
  it("is signed only under a cover that holds until the end of the trip", async () => {
    const one = await makeAcceptedCase({ lines: [...onlyTreatment, line("hotel", 50_000)] });
    const held = await makeHold(one);
    // The treatment is in 30 days, and the longest stay is five more.
    await coverUntil(34);
    expect(reasonOf(await sign(one, held.id))).toBe("package_terms_missing");
    await coverUntil(35);
    expect(reasonOf(await sign(one, held.id))).toBe("done");
  });
});
