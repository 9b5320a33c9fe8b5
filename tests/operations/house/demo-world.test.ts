import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { dayOf } from "@/lib/kernel/day";
import { STAGES } from "@/lib/cases/case";
import { asPerson, openDb } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { checklistFor } from "@/lib/records/checklist";
import { PLOTS } from "@/prisma/seed/cases";
import { fillWorld } from "@/prisma/seed/world";
import {
  bookingsOfClosed,
  cases,
  emptyDatabase,
  hashOfStored,
  secondsTold,
  worldOf,
} from "@/tests/support/demo-world";
import { testSystem } from "@/tests/support/people";

const ENDED = ["closed", "cancelled", "no_offer", "deceased", "transferred"];
const AFTER_RECORDS = ["with_centres", "choosing", "contracting", "preparing", "on_site", "treated"];
const MINUTES_10 = 600_000;
const now = new Date();

describe("the demo world", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await fillWorld(now);
  }, 120_000);

  it("has a case in every stage and every way out", async () => {
    const stages = new Set((await cases()).map((one) => one.stage));

    expect(STAGES.filter((stage) => !stages.has(stage))).toEqual([]);
  });

  it("tells each story to the stage its plot names", async () => {
    const found = (await cases()).map((one) => `${one.contactName}: ${one.stage}`).toSorted();

    expect(found).toEqual(PLOTS.map((plot) => `${plot.name}: ${plot.stage}`).toSorted());
  });

  it("gives every open case an owner, a next action and a time, and none to those that ended", async () => {
    for (const one of await cases()) {
      const isOpen = !ENDED.includes(one.stage);
      const answers = { owner: one.ownerKind, next: one.nextAction !== null, due: one.nextDueAt !== null };
      const owner = one.stage === "draft" ? "patient" : one.stage === "submitted" ? "on_call" : "coordinator";

      expect(answers, one.number).toEqual({ owner, next: isOpen, due: isOpen });
    }
  });

  it("lies in the past: nothing in it happened after now, and old stories did not happen today", async () => {
    for (const one of await cases()) {
      const times = one.events.map((event) => event.at.getTime());

      expect(Math.max(...times), one.number).toBeLessThanOrEqual(now.getTime() + MINUTES_10);
      expect(Math.min(...times), one.number).toBeLessThan(one.createdAt.getTime() + MINUTES_10);
    }
    const closed = (await cases()).find((one) => one.stage === "closed");
    const days = new Set(closed?.events.map((event) => dayOf(event.at)));

    expect(days.size).toBeGreaterThan(10);
    expect(days).not.toContain(dayOf(now));
  });

  it("keeps books that balance, and holds nothing for a closed case", async () => {
    const sums = await openDb().ledgerEntry.groupBy({ by: ["currency"], _sum: { amountMinor: true } });
    const held = await openDb().$queryRaw<{ held: bigint }[]>`
      SELECT COALESCE(sum(e."amountMinor"), 0)::bigint AS held FROM "LedgerEntry" e
       WHERE e.account = 'client_funds_held' AND e."bookingId" = ANY (${await bookingsOfClosed()}::uuid[])`;

    expect(sums.length).toBeGreaterThan(1);
    expect(sums.filter((sum) => sum._sum.amountMinor !== 0n)).toEqual([]);
    expect(held).toEqual([{ held: 0n }]);
  });

  it("pays bookings through the ledger only", async () => {
    const [paid, booked] = await asPerson(testSystem, async (tx) => [
      await tx.payment.count({ where: { succeededAt: { not: null } } }),
      await tx.ledgerTx.count({ where: { kind: "payment_received" } }),
    ]);

    expect(paid).toBeGreaterThan(10);
    expect(booked).toBe(paid);
  });

  it("opens every record to the bytes it was sealed from", async () => {
    const records = (await cases()).flatMap((one) => one.records);

    expect(records.length).toBeGreaterThan(80);
    for (const record of records) {
      expect(["readable", "accepted", "rejected"], record.filename).toContain(record.state);
      expect(await hashOfStored(record), record.filename).toBe(record.sha256);
      expect(Number(record.sizeBytes)).toBeLessThan(300_000);
    }
  });

  it("shows moving pictures under the patient's own name and birth date", async () => {
    const clips = (await cases()).flatMap((one) =>
      one.records.filter((record) => record.item === "tte_loops"),
    );

    expect(clips.length).toBeGreaterThan(10);
    for (const clip of clips) {
      const codes = JSON.stringify(clip.findings);
      expect(clip.frameCount, clip.filename).toBeGreaterThan(1);
      expect(codes).not.toContain("birth_date_mismatch");
      expect(codes).not.toContain("name_differs");
    }
  });

  it("holds whole studies as discs bring them: a CT slice by slice, a written ECG, an older echo with its numbers", async () => {
    const files = (await cases()).flatMap((one) => one.records);
    const of = (folder: string) => files.filter(({ filename }) => filename.startsWith(folder));
    for (const file of [...of("CT/"), ...of("ECG/"), ...of("ECHO-BEFORE/")])
      expect(file, file.filename).toMatchObject({ state: "accepted", kind: "dicom" });
    expect(of("CT/")).toHaveLength(24);
    expect(of("ECG/")).toHaveLength(2);
    const report = of("ECHO-BEFORE/SR")[0];
    const told = await asPerson(testSystem, (tx) =>
      tx.measurement.count({ where: { source: "file", recordId: report?.id ?? "" } }),
    );
    expect(told).toBeGreaterThan(3);
  });

  it("asks no centre before the first checklist is settled", async () => {
    const items = await asPerson(testSystem, (tx) => tx.checklistItem.findMany());
    for (const one of (await cases()).filter(({ stage }) => AFTER_RECORDS.includes(stage))) {
      const settled = items.filter(
        ({ caseId, status }) => caseId === one.id && ["accepted", "waived"].includes(status),
      );
      const needed = checklistFor(one.treatment).filter(
        ({ phase, need }) => phase === 1 && need === "required",
      );

      expect(
        settled.map(({ item }) => item),
        one.number,
      ).toEqual(expect.arrayContaining(needed.map(({ item }) => item)));
    }
  });

  it("leaves work in the inboxes of both demo centres", async () => {
    const reviews = await asPerson(testSystem, (tx) =>
      tx.review.findMany({
        select: { state: true, secondSignedAt: true, clinic: { select: { slug: true } } },
      }),
    );
    for (const slug of ["herzzentrum-rheintal", "bohai-heart-hospital"]) {
      const own = reviews.filter((review) => review.clinic.slug === slug);
      const half = own.filter((review) => review.state === "decided" && review.secondSignedAt === null);

      expect(
        own.some(({ state }) => state === "requested"),
        slug,
      ).toBe(true);
      expect(
        own.some(({ state }) => state === "opened"),
        slug,
      ).toBe(true);
      expect(half.length, slug).toBeGreaterThan(0);
    }
    expect(reviews.some(({ state }) => state === "declined")).toBe(true);
    expect(reviews.some(({ state }) => state === "more_info")).toBe(true);
  });

  it("opens one case of the demo patient to the companion", async () => {
    const doors = await openDb().caseAccess.findMany({ where: { purpose: "companion" } });
    const own = (await cases()).filter((one) => one.id === doors[0]?.caseId);

    expect(doors).toHaveLength(1);
    expect(doors[0]?.scopes).toEqual(["read", "upload", "message"]);
    expect(own.map(({ stage }) => stage)).toEqual(["preparing"]);
  });

  it("has something on every page of money: marks, releases taken back, a change, movements nobody knows", async () => {
    const told = await asPerson(testSystem, async (tx) => ({
      marks: await tx.serviceDelivery.groupBy({ by: ["kind"], _count: true }),
      unmarked: await tx.bookingService.count({ where: { kind: "translation", deliveredAt: null } }),
      releases: (await tx.release.findMany({ select: { state: true } })).map(({ state }) => state),
      recalls: (await tx.releaseRecall.findMany({ select: { state: true, kind: true } })).map(
        ({ state, kind }) => `${kind} ${state}`,
      ),
      changes: (await tx.changeOrder.findMany({ select: { state: true } })).map(({ state }) => state),
      movements: await tx.balanceMovement.findMany({
        select: { id: true, state: true, explanations: { select: { state: true } } },
        orderBy: { movedAt: "asc" },
      }),
    }));

    expect(told).toMatchObject({ marks: [{ kind: "delivered", _count: 1 }], unmarked: 1 });
    expect([...new Set(told.releases)].toSorted()).toEqual(["approved", "paid", "proposed", "returned"]);
    expect(told.recalls.toSorted()).toEqual(["returned confirmed", "withdrawn proposed"]);
    expect(told.changes.toSorted()).toEqual(["accepted", "proposed"]);
    expect(told.movements).toEqual([
      { id: "txn_demo_monthly_fee", state: "unexplained", explanations: [{ state: "proposed" }] },
      { id: "txn_demo_credit", state: "unexplained", explanations: [] },
    ]);
  });

  it("sells second opinions: one waits, one is answered, one came back, and of one the bank returned the refund", async () => {
    const told = await secondsTold();
    expect(told.map(({ words }) => words)).toEqual([
      ["Li Guohua", "returned", "called_off", "failed"],
      ["Viktor Sokolov", "paid", null],
      ["Youssef Haddad", "delivered", null],
      ["Zarina Usmanova", "returned", "declined", "settled"],
    ]);
    for (const { paidAt } of told) expect(dayOf(paidAt ?? now)).not.toBe(dayOf(now));
    const tasks = await asPerson(testSystem, (tx) =>
      tx.task.findMany({ where: { state: "open", kind: { in: ["refund_failed", "refund_by_bank"] } } }),
    );
    expect(tasks.map(({ kind }) => kind)).toContain("refund_failed");
  });

  it("dates changes by their stories, and begins two treatments' estimates of one centre with its own lines", async () => {
    const changes = await asPerson(testSystem, (tx) =>
      tx.changeOrder.findMany({ select: { state: true, proposedAt: true }, orderBy: { proposedAt: "asc" } }),
    );
    const daysAgo = ({ proposedAt }: { proposedAt: Date }) =>
      Math.round((now.getTime() - proposedAt.getTime()) / 86_400_000);
    expect(changes.map((one) => [one.state, daysAgo(one)])).toEqual([
      ["accepted", 12],
      ["proposed", 1],
    ]);
    const templates = await asPerson(testSystem, (tx) =>
      tx.lineTemplate.findMany({
        select: { treatment: true, clinic: { select: { slug: true } } },
        orderBy: { treatment: "asc" },
      }),
    );
    expect(templates).toEqual(
      ["tavi-transfemoral", "teer"].map((treatment) => ({
        ...{ treatment, clinic: { slug: "bohai-heart-hospital" } },
      })),
    );
  });

  it("tells the payment sandbox of every movement it has written down, and of no other", async () => {
    const journal = await readFile(join(env().VALVIA_DATA, "sandbox", "journal.jsonl"), "utf8");
    const [batch = "[]", end] = journal.split("\n");
    const rows: { id: string; row: { amount: number; created: number } }[] = JSON.parse(batch);
    const kept = await asPerson(testSystem, (tx) =>
      tx.balanceMovement.findMany({ orderBy: { movedAt: "asc" } }),
    );

    expect(end).toBe("");
    expect(
      rows.map(({ id, row }) => ({
        id,
        amountMinor: BigInt(row.amount),
        movedAt: new Date(row.created * 1_000),
      })),
    ).toEqual(kept.map(({ id, amountMinor, movedAt }) => ({ id, amountMinor, movedAt })));
  });

  it("sends no mail out of the past and leaves no check undone", async () => {
    const waiting = await openDb().outboxMail.count({ where: { state: "waiting" } });
    const jobs = await openDb().$queryRaw<
      { name: string }[]
    >`SELECT DISTINCT name FROM pgboss.job ORDER BY name`;

    expect(waiting).toBe(0);
    expect(jobs.map(({ name }) => name)).toEqual([
      "document.change",
      "document.contract",
      "document.decline",
      "document.estimate",
      "document.receipt",
      "invoice.sweep",
    ]);
  });

  it("changes nothing where there is a world already, and is the same world wherever it is made that day", async () => {
    const first = await worldOf();

    expect(await fillWorld(now)).toBe(0);
    expect(await worldOf()).toEqual(first);

    await emptyDatabase();
    await fillWorld(now);

    expect(await worldOf()).toEqual(first);
  });
});
