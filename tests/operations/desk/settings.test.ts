import { beforeEach, describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { settingsFor } from "@/lib/desk/queries/settings";
import { AGE_SETTING } from "@/lib/records/age-limit";
import { usualAgeDays } from "@/lib/records/checklist";
import { ageLimitsForm } from "@/lib/records/forms";
import { checklistForCase } from "@/lib/records/queries";
import { saveAgeLimits } from "@/lib/records/save-age-limits";
import { settleItem } from "@/lib/records/settle-item";
import { changeAids } from "@/lib/reviews/change-aids";
import { AIDS_SETTING } from "@/lib/reviews/clinical-aids";
import { aidsForm } from "@/lib/reviews/forms";
import { reasonOf, valueOf } from "../../support/outcomes";
import { makeAdmin, testSystem } from "../../support/people";
import { caseWithOwner } from "../../support/records";

const now = new Date();

const forget = () => openDb().setting.deleteMany({ where: { key: AGE_SETTING } });
beforeEach(forget);

describe("clinical aids", () => {
  it("are turned on and off with a trace, and asked about when somebody else did meanwhile", async () => {
    await openDb().setting.deleteMany({ where: { key: AIDS_SETTING } });
    const admin = await makeAdmin();
    expect((await settingsFor(admin)).aids).toEqual({ on: false, changedAt: null });
    valueOf(await changeAids(admin, aidsForm.parse({ on: "yes", seenAt: "" }), now));
    expect((await settingsFor(admin)).aids).toEqual({ on: true, changedAt: now });
    expect(reasonOf(await changeAids(admin, aidsForm.parse({}), now))).toBe("stale_settings");
    valueOf(await changeAids(admin, aidsForm.parse({ seenAt: now.toISOString() }), now));
    expect((await settingsFor(admin)).aids.on).toBe(false);
    const trace = { event: "setting.changed", actorId: admin.personId };
    expect(await openDb().auditEvent.count({ where: trace })).toBe(2);
  });
});

const form = (ages: Record<string, string>, seenAt: Date | null) =>
  ageLimitsForm.parse({ ages, seenAt: seenAt?.toISOString() ?? "" });

/** The page's form with every usual limit in it, and these instead. */
const usualBut = (ages: Record<string, string>) => {
  const usual = ["tte_report", "tte_loops", "ecg", "labs"] as const;
  return { ...Object.fromEntries(usual.map((item) => [item, String(usualAgeDays(item))])), ...ages };
};

describe("how old records may be", () => {
  it("is kept where it differs, with a trace, and shown beside what is usual", async () => {
    const admin = await makeAdmin();
    valueOf(await saveAgeLimits(admin, form(usualBut({ ecg: "30" }), null), now));
    const { ages } = await settingsFor(admin);
    expect(ages.lines.find(({ item }) => item === "ecg")).toEqual({
      item: "ecg",
      maxAgeDays: 30,
      usualDays: 92,
    });
    expect(ages.lines.find(({ item }) => item === "ct_gated")).toMatchObject({ maxAgeDays: null });
    const trace = { event: "setting.changed", actorId: admin.personId };
    expect(await openDb().auditEvent.count({ where: trace })).toBe(1);
  });

  it("is asked about when somebody else changed it meanwhile, also at the same moment", async () => {
    const [admin, other] = [await makeAdmin(), await makeAdmin()];
    const both = await Promise.all(
      [admin, other].map((one) => saveAgeLimits(one, form({ ecg: "30" }, null), now)),
    );
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    const seen = (await settingsFor(admin)).ages.changedAt;
    const later = new Date(now.getTime() + 1_000);
    valueOf(await saveAgeLimits(other, form({ ecg: "40" }, seen), later));
    expect(reasonOf(await saveAgeLimits(admin, form({ ecg: "50" }, seen), later))).toBe("stale_settings");
  });

  it("holds at once for what was given, and never for what somebody accepted", async () => {
    const { caseId, owner } = await caseWithOwner();
    const statusOf = async (item: string) =>
      (await checklistForCase(owner, caseId))?.find((line) => line.item === item)?.status;
    const examOn = dateOf(addDays(dayOf(now), -40));
    const id = newId();
    const file = { id, caseId, filename: "ecg.pdf", sizeBytes: 10n, chunkBytes: 65_536, examOn };
    await asPerson(testSystem, async (tx) => {
      await tx.record.create({ data: file });
      await settleItem(tx, { caseId, item: "ecg", status: "given", recordId: id });
    });
    expect(await statusOf("ecg")).toBe("given");
    const admin = await makeAdmin();
    valueOf(await saveAgeLimits(admin, form({ ecg: "30" }, null), now));
    expect(await statusOf("ecg")).toBe("too_old");
    await asPerson(testSystem, (tx) =>
      settleItem(tx, { caseId, item: "ecg", status: "accepted", recordId: id, closedById: owner.personId }),
    );
    expect(await statusOf("ecg")).toBe("accepted");
  });

  it("can be changed again where the database counted microseconds", async () => {
    await openDb().$executeRaw`INSERT INTO "Setting" (key, value, "changedAt")
      VALUES (${AGE_SETTING}, '{}', '2026-05-04T10:00:00.123456Z')`;
    const admin = await makeAdmin();
    const seen = new Date("2026-05-04T10:00:00.123Z");
    expect(await saveAgeLimits(admin, form({ ecg: "30" }, seen), now)).toMatchObject({ ok: true });
  });

  it("is whole days, and nothing else", () => {
    for (const days of ["0", "3651", "-1", "1.5", "two"])
      expect(ageLimitsForm.safeParse({ ages: { ecg: days } }).success).toBe(false);
    expect(ageLimitsForm.safeParse({ ages: { passport: "30" } }).success).toBe(false);
    expect(ageLimitsForm.parse({ ages: { ecg: " 30 " } }).ages).toEqual({ ecg: 30 });
  });
});
