import { describe, expect, it, vi } from "vitest";
import { dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { freeSlots } from "@/lib/bookings/published";
import { asPerson, openDb } from "@/lib/infra/db";
import { log } from "@/lib/infra/log";
import { declineOffer } from "@/lib/logistics/decline-offer";
import { readOpenOffers } from "@/lib/logistics/read-open-offers";
import { leaveWaitingList } from "@/lib/logistics/leave-waiting-list";
import { waitingFor } from "@/lib/logistics/read-waiting";
import { waitingView } from "@/lib/logistics/views/waiting";
import { tidyHolds } from "@/lib/logistics/tidy-holds";
import { tidyWaiting } from "@/lib/logistics/tidy-waiting";
import { makeClinic, makeResource } from "../../support/clinics";
import { hold, makeMany, newCity, newLanguage, part, slotNow } from "../../support/holds";
import { makePatient, testSystem } from "../../support/people";
import {
  accept,
  asOwner,
  freePlaces,
  makeFullCentre,
  makeWaiting,
  offered,
  offerRunsOut,
} from "../../support/waiting";

const now = () => new Date();
const caseNow = (id: string) => asPerson(testSystem, (tx) => tx.case.findUniqueOrThrow({ where: { id } }));
const viewOf = async (id: string) => {
  const found = await waitingFor(testSystem, id);
  return found && waitingView(found, now());
};
const stateOf = async (id: string) => (await waitingFor(testSystem, id))?.state;

describe("answering an offer", () => {
  it("ends all hope where the day was the last of theirs, says so, and it is the patient's turn to choose", async () => {
    const { one, offerId, entryId, secondId } = await makeOffered();
    expect(await viewOf(entryId)).toMatchObject({ state: "waiting", hasDaysLeft: false });
    expect(await viewOf(secondId)).toMatchObject({ state: "waiting", hasDaysLeft: true });
    const declined = await declineOffer(one.patient, offerId, now());
    expect(declined.ok && waitingView(declined.value, now()).hasDaysLeft).toBe(false);
    expect(await caseNow(one.caseId)).toMatchObject({ nextAction: "hold_sign_pay", waitingOn: "patient" });
    await leaveWaitingList(one.patient, entryId, now());
    expect(await viewOf(entryId)).toMatchObject({ state: "left", hasDaysLeft: false });
  });

  it("is what the patient's overview begins with, while there is an offer, and nobody else's", async () => {
    const { one, two: other, offerId } = await makeOffered();
    const ids = [one.caseId, other.caseId];
    const told = await readOpenOffers(one.patient, ids, now());
    expect([...told.keys()]).toEqual([one.caseId]);
    expect((await readOpenOffers(other.patient, ids, now())).size).toBe(0);
    expect((await readOpenOffers(await makePatient(), ids, now())).size).toBe(0);
    // Who only reads along cannot answer, and is not told that it is theirs.
    const helper = await makePatient();
    const access = { id: newId(), caseId: one.caseId, personId: helper.personId, scopes: ["read" as const] };
    await asPerson(testSystem, (tx) => tx.caseAccess.create({ data: { ...access, purpose: "family" } }));
    expect((await readOpenOffers(helper, ids, now())).size).toBe(0);
    const over = new Date((told.get(one.caseId)?.expiresAt ?? now()).getTime() + 1);
    expect((await readOpenOffers(one.patient, ids, over)).size).toBe(0);
    await declineOffer(one.patient, offerId, now());
    expect((await readOpenOffers(one.patient, ids, now())).size).toBe(0);
  });

  it("leaves whoever waits for other days too in the line", async () => {
    const { clinic, waiting } = await makeFullCentre(1, { days: 2 });
    const [one] = waiting;
    if (!one) throw new Error("No case was made.");
    const entryId = await makeWaiting(one, 2);
    await freePlaces(clinic.slots[0]?.id);
    const [offer] = await offered(clinic.id);
    expect(await declineOffer(one.patient, offer?.id ?? "", now())).toMatchObject({ ok: true });
    expect(await viewOf(entryId)).toMatchObject({ state: "waiting", hasDaysLeft: true, position: 1 });
    expect(await caseNow(one.caseId)).toMatchObject({ nextAction: "waiting_list" });
  });

  it("makes a hold of the whole care plan, with the place never free in between", async () => {
    const { clinic, one, offerId, entryId } = await makeOffered();
    const [twice, again] = await Promise.all([accept(one.patient, offerId), accept(one.patient, offerId)]);
    expect([twice, again].filter((answer) => answer.ok)).toHaveLength(1);
    expect(await slotNow(clinic.slots[0]?.id)).toMatchObject({ taken: 1 });
    expect(await waitingFor(one.patient, entryId)).toMatchObject({
      state: "booked",
      position: null,
      offers: [{ state: "accepted" }],
    });
    expect(await caseNow(one.caseId)).toMatchObject({ nextAction: "sign_contracts" });
    const audit = await openDb().auditEvent.findMany({
      where: { caseId: one.caseId, event: { startsWith: "waiting." } },
      orderBy: { id: "asc" },
    });
    expect(audit.map(({ event }) => event)).toEqual([
      "waiting.joined",
      "waiting.offered",
      "waiting.accepted",
    ]);
  });

  it("says who is missing and keeps the place until the offer is over", async () => {
    const place = newCity();
    const language = newLanguage();
    const clinic = await makeClinic({ days: 1, ...place });
    const [booked, one] = await makeMany(2, clinic, [part("interpreter")]);
    if (!booked || !one) throw new Error("No case was made.");
    await openDb()
      .$executeRaw`UPDATE "ProcedureSlot" SET taken = capacity WHERE "clinicId" = ${clinic.id}::uuid`;
    await makeWaiting(one);
    await freePlaces(clinic.slots[0]?.id);
    const [offer] = await offered(clinic.id);
    expect(await accept(one.patient, offer?.id ?? "", { language })).toMatchObject({
      reason: "interpreter_taken",
    });
    expect(await offered(clinic.id)).toMatchObject([{ id: offer?.id }]);
    expect(await slotNow(clinic.slots[0]?.id)).toMatchObject({ taken: 1 });
    await makeResource("interpreter", { ...place, languages: ["de", language] });
    expect(await accept(one.patient, offer?.id ?? "", { language })).toMatchObject({ ok: true });
  });

  it("gives a declined day to the next at once, and never offers it to the same case again", async () => {
    const { clinic, one, two, offerId, entryId } = await makeOffered();
    expect(await declineOffer(one.patient, offerId, now())).toMatchObject({ value: { state: "waiting" } });
    expect(await offered(clinic.id)).toMatchObject([{ caseId: two.caseId }]);
    expect(await declineOffer(one.patient, offerId, now())).toMatchObject({ reason: "offer_over" });
    const [next] = await offered(clinic.id);
    await declineOffer(two.patient, next?.id ?? "", now());
    expect(await offered(clinic.id)).toEqual([]);
    expect(await slotNow(clinic.slots[0]?.id)).toMatchObject({ taken: 0 });
    expect(await stateOf(entryId)).toBe("waiting");
  });

  it("gives the day of a silent patient to the next once the time is over, whoever notices", async () => {
    const { clinic, one, two, offerId } = await makeOffered();
    await offerRunsOut(offerId);
    expect(await accept(one.patient, offerId)).toMatchObject({ reason: "offer_over" });
    const passerBy = (await makeMany(1, clinic))[0];
    if (!passerBy) throw new Error("No case was made.");
    expect(await hold(passerBy)).toMatchObject({ reason: "slot_taken" });
    expect(await offered(clinic.id)).toMatchObject([{ caseId: two.caseId }]);
  });

  it("sells the place to anybody once nobody waits for it any more, before any job came by", async () => {
    const { clinic, offerId, two, secondId } = await makeOffered();
    await leaveWaitingList(two.patient, secondId, now());
    await offerRunsOut(offerId);
    const day = dayOf(clinic.slots[0]?.on ?? now());
    expect(await freeSlots(clinic.slug, { from: day, to: day }, now())).toMatchObject([{ free: 1 }]);
    const [passerBy] = await makeMany(1, clinic);
    if (!passerBy) throw new Error("No case was made.");
    expect(await hold(passerBy)).toMatchObject({ ok: true });
    expect(await slotNow(clinic.slots[0]?.id)).toMatchObject({ taken: 1 });
  });

  it("ends an entry after its second silence, not after a first", async () => {
    const { clinic, waiting } = await makeFullCentre(1, { days: 2 });
    const [one] = waiting;
    if (!one) throw new Error("No case was made.");
    const entryId = await makeWaiting(one, 2);
    const states: (string | undefined)[] = [];
    for (const slot of clinic.slots) {
      await freePlaces(slot.id);
      const [offer] = await offered(clinic.id);
      await offerRunsOut(offer?.id ?? "");
      await tidyHolds(testSystem, now());
      states.push(await stateOf(entryId));
    }
    expect(states).toEqual(["waiting", "lapsed"]);
  });

  it("gives the kept day on when the patient leaves the list", async () => {
    const { clinic, one, two, entryId } = await makeOffered();
    expect(await leaveWaitingList(one.patient, entryId, now())).toMatchObject({
      value: { state: "left", endCause: "patient_left", offers: [{ state: "withdrawn" }] },
    });
    expect(await offered(clinic.id)).toMatchObject([{ caseId: two.caseId }]);
    expect(await leaveWaitingList(one.patient, entryId, now())).toMatchObject({
      reason: "illegal_transition",
    });
    expect(await caseNow(one.caseId)).toMatchObject({ nextAction: "hold_sign_pay" });
  });

  it("tells the patient once, by a mail without a word of health", async () => {
    const { one } = await makeOffered();
    await tidyWaiting(testSystem, now());
    await tidyWaiting(testSystem, now());
    const person = await openDb().person.findUniqueOrThrow({ where: { id: one.patient.personId } });
    const mails = await openDb().outboxMail.findMany({ where: { to: person.email } });
    expect(mails.map(({ template }) => template)).toEqual(["day_offered"]);
    expect(await caseNow(one.caseId)).toMatchObject({ nextAction: "answer_offer", waitingOn: "patient" });
  });

  it("names the time by which the day that is offered now must be answered, not the one before", async () => {
    const { clinic, waiting } = await makeFullCentre(1, { days: 2 });
    const [one] = waiting;
    if (!one) throw new Error("No case was made.");
    const entryId = await makeWaiting(one, 2);
    for (const slot of clinic.slots) {
      await freePlaces(slot.id);
      await tidyWaiting(testSystem, now());
      const facts = await waitingFor(one.patient, entryId);
      expect(facts?.offers[0]).toMatchObject({ state: "open", slotId: slot.id });
      expect((await caseNow(one.caseId)).nextDueAt).toEqual(facts?.offers[0]?.expiresAt);
      await offerRunsOut(facts?.offers[0]?.id ?? "");
      await tidyHolds(testSystem, now());
    }
  });

  it("tells all others, and ends all other entries, when one cannot be ended", async () => {
    const { one, two, secondId } = await makeOffered();
    const [over] = (await makeFullCentre(1)).waiting;
    if (!over) throw new Error("No case was made.");
    const overId = await makeWaiting(over);
    await isOver(secondId);
    await isOver(overId);
    const error = vi.spyOn(log, "error");
    await whileUnendable(secondId, () => tidyWaiting(testSystem, now()));
    expect(error).toHaveBeenCalledTimes(1);
    expect(error).toHaveBeenCalledWith(
      expect.objectContaining({ kind: "end", caseId: two.caseId }),
      "waiting list",
    );
    expect(await stateOf(secondId)).toBe("waiting");
    expect(await stateOf(overId)).toBe("left");
    const person = await openDb().person.findUniqueOrThrow({ where: { id: one.patient.personId } });
    expect(await openDb().outboxMail.count({ where: { to: person.email, template: "day_offered" } })).toBe(1);
  });
});

const isOver = (entryId: string) =>
  asOwner((ask) =>
    ask(
      `UPDATE "WaitingEntry" SET "fromOn" = current_date - 1, "toOn" = current_date - 1 WHERE id = '${entryId}'`,
    ),
  );

/** Something in the database that refuses to end this one entry. */
const whileUnendable = (entryId: string, act: () => Promise<void>) =>
  asOwner(async (ask) => {
    await ask(`CREATE FUNCTION stays_waiting() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'This entry stays.'; END $$`);
    try {
      await ask(`CREATE TRIGGER stays_waiting BEFORE UPDATE ON "WaitingEntry" FOR EACH ROW
        WHEN (OLD.id = '${entryId}') EXECUTE FUNCTION stays_waiting()`);
      await act();
    } finally {
      await ask(`DROP FUNCTION stays_waiting() CASCADE`);
    }
  });

/** Two who wait for the only day of a centre; the first has been offered it. */
async function makeOffered() {
  const { clinic, waiting } = await makeFullCentre(2);
  const [one, two] = waiting;
  if (!one || !two) throw new Error("No case was made.");
  const entryId = await makeWaiting(one);
  const secondId = await makeWaiting(two);
  await freePlaces(clinic.slots[0]?.id);
  const [offer] = await offered(clinic.id);
  return { clinic, one, two, entryId, secondId, offerId: offer?.id ?? "" };
}
