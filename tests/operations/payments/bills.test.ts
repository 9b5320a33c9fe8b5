import { describe, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { newId } from "@/lib/kernel/ids";
import { announceBill } from "@/lib/payments/announce-bill";
import { judgeBill } from "@/lib/payments/judge-bill";
import { matchBills } from "@/lib/payments/match-bills";
import { billContent } from "@/lib/payments/read-bill-content";
import { billsOfBooking } from "@/lib/payments/read-bills";
import { recordBill } from "@/lib/payments/record-bill";
import { sweepBillFiles } from "@/lib/payments/sweep-bill-files";
import { sweepUploads } from "@/lib/records/sweep-uploads";
import { storedIds } from "@/lib/infra/record-store";
import { withdrawConsent } from "@/lib/reviews/withdraw-consent";
import { enterBill, formOf, makeTreated, originalOf, sendFile } from "../../support/bills";
import { mails, makeTrip, tasks, traces } from "../../support/changes";
import { makeCoordinator, makeFinance, makeManager, makePatient, testSystem } from "../../support/people";

const now = () => new Date();
const later = (days: number) => new Date(Date.now() + days * 86_400_000);
const reasonOf = (answer: { ok: true } | { ok: false; reason: string }) =>
  answer.ok ? "done" : answer.reason;

describe("the original of an invoice", () => {
  it("comes back byte for byte to patient, centre, desk and finance, and leaves a trace", async () => {
    const trip = await makeTreated();
    const { id } = await enterBill(trip.manager, trip.bookingId);
    for (const reader of [trip.patient, trip.manager, trip.owner, await makeFinance()]) {
      const content = await billContent(reader, id);
      const bytes = Buffer.from(await new Response(content?.body).arrayBuffer());
      expect(bytes.equals(originalOf("RE-1"))).toBe(true);
      expect(content?.headers["content-disposition"]).toContain("invoice.pdf");
    }
    expect(await traces(id)).toEqual(["bill.entered", ...Array(4).fill("bill.viewed")]);
  });

  it("is known by its content: no page, no program, nothing the scanner knows, nothing cut short", async () => {
    const trip = await makeTreated();
    const ask = async (text: string, size?: number) =>
      reasonOf(await sendFile(trip.manager, trip.bookingId, new TextEncoder().encode(text), size));
    expect(await ask("<html><script>1</script></html>")).toBe("invalid_bill_file");
    expect(await ask("MZ program")).toBe("invalid_bill_file");
    expect(
      await ask(String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$` + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"),
    ).toBe("bill_file_infected");
    expect(await ask("%PDF-1.4 cut", 999)).toBe("short_body");
    expect(await ask("x", 30_000_000)).toBe("too_large");
    expect(
      await asPerson(testSystem, (tx) => tx.billFile.count({ where: { bookingId: trip.bookingId } })),
    ).toBe(0);
  });

  it("is swept when no invoice names it, and kept for good when one does", async () => {
    const trip = await makeTreated();
    const { read } = await enterBill(trip.manager, trip.bookingId);
    const loose = await sendFile(trip.manager, trip.bookingId, originalOf("loose"));
    const looseId = loose.ok ? loose.value.id : "";
    const kept = await asPerson(testSystem, (tx) =>
      tx.billFile.findFirstOrThrow({
        where: { bill: { id: read.bills[0]?.id ?? "" } },
        select: { id: true },
      }),
    );
    await sweepBillFiles(testSystem, later(1));
    await sweepUploads(testSystem, later(1));
    expect(await Array.fromAsync(storedIds())).toEqual(expect.arrayContaining([looseId, kept.id]));
    await sweepBillFiles(testSystem, later(3));
    await sweepUploads(testSystem, later(3));
    const stored = await Array.fromAsync(storedIds());
    expect([stored.includes(looseId), stored.includes(kept.id)]).toEqual([false, true]);
  });
});

describe("an invoice the centre enters", () => {
  it("counts at once beside what was agreed; patient and finance are told", async () => {
    const trip = await makeTreated();
    await enterBill(trip.manager, trip.bookingId);
    const seen = await billsOfBooking(trip.patient, trip.bookingId);
    expect(seen?.bills).toMatchObject([{ state: "confirmed", source: "clinic", totalMinor: 3_400_000n }]);
    expect(seen?.mirror.match.map((line) => line.cause)).toEqual(["price_differs", "as_estimated"]);
    expect(seen?.mirror.sums).toMatchObject({ agreedMinor: 3_500_000n, owedMinor: 3_400_000n });
    expect(await mails(trip.patient.email, "bill_received")).toBe(1);
    expect(await tasks(trip.caseId, "settle_bill")).toBe(1);
  });

  it("is told once, however often the job comes", async () => {
    const trip = await makeTreated();
    const { id } = await enterBill(trip.manager, trip.bookingId);
    await announceBill(testSystem, { billId: id }, now());
    expect(await mails(trip.patient.email, "bill_received")).toBe(1);
  });

  it("is taken from a centre the patient no longer lets in: it treated, and it bills", async () => {
    const trip = await makeTreated();
    const consent = await asPerson(testSystem, (tx) =>
      tx.consent.findFirstOrThrow({ where: { caseId: trip.caseId, clinicId: trip.clinic.id } }),
    );
    await withdrawConsent(trip.patient, trip.caseId, consent.id, now());
    await enterBill(trip.manager, trip.bookingId);
    expect(await mails(trip.patient.email, "bill_received")).toBe(1);
  });

  it("is corrected by a new one that names it, once; both stay", async () => {
    const trip = await makeTreated();
    const { id: first } = await enterBill(trip.manager, trip.bookingId);
    const { read } = await enterBill(trip.manager, trip.bookingId, {
      corrects: first,
      lines: [["Clip procedure", "treatment", 2_800_000]],
    });
    expect(read.bills.map((bill) => [bill.version, bill.correctsId])).toEqual([
      [1, null],
      [2, first],
    ]);
    expect(read.mirror.sums.billedMinor).toBe(2_800_000n);
    const file = await sendFile(trip.manager, trip.bookingId, originalOf("third"));
    const again = formOf(file.ok ? file.value.id : "", { number: "RE-3", corrects: first });
    expect(reasonOf(await recordBill(trip.manager, trip.bookingId, again, now()))).toBe("invalid_corrects");
  });

  it("is refused with its word: before the treatment, another sum or currency, a known number, somebody's file", async () => {
    const early = await makeTrip("on_site");
    const trip = await makeTreated();
    await enterBill(trip.manager, trip.bookingId);
    const file = await sendFile(trip.manager, trip.bookingId, originalOf("x"));
    const fileId = file.ok ? file.value.id : "";
    const ask = async (more: object, who = trip.manager, bookingId = trip.bookingId) => {
      const form = { ...formOf(fileId, { number: "RE-9" }), ...more };
      return reasonOf(await recordBill(who, bookingId, form, now()));
    };
    expect(await ask({}, early.manager, early.bookingId)).toBe("illegal_transition");
    expect(await ask({ total: 1n })).toBe("invalid_bill_total");
    expect(await ask({ currency: "USD" })).toBe("invalid_other_currency");
    expect(await ask({ issuedOn: "2099-01-01" })).toBe("invalid_day_ahead");
    expect(await ask({ number: "RE-1" })).toBe("bill_known");
    expect(await ask({ fileId: newId() })).toBe("invalid_bill_file");
    expect(await ask({}, await makeManager(trip.clinic.id))).toBe("invalid_bill_file");
    expect(await ask({})).toBe("done");
  });

  it("is one of two with the same file at once", async () => {
    const trip = await makeTreated();
    const file = await sendFile(trip.manager, trip.bookingId, originalOf("x"));
    const form = formOf(file.ok ? file.value.id : "");
    const both = await Promise.all([1, 2].map(() => recordBill(trip.manager, trip.bookingId, form, now())));
    expect(both.map(reasonOf).toSorted()).toEqual(["done", "invalid_bill_file"]);
  });

  it("is nothing to strangers: another patient, another centre, a coordinator who does not own the case", async () => {
    const [trip, other] = [await makeTreated(), await makeTreated()];
    const { id } = await enterBill(trip.manager, trip.bookingId);
    for (const stranger of [await makePatient(), other.patient, other.manager]) {
      expect(await billsOfBooking(stranger, trip.bookingId)).toBeNull();
      expect(await billContent(stranger, id)).toBeNull();
      const seen = await asPerson(stranger, async (tx) => [
        await tx.bill.count({ where: { bookingId: trip.bookingId } }),
        await tx.billLine.count({ where: { billId: id } }),
        await tx.billFile.count({ where: { bookingId: trip.bookingId } }),
      ]);
      expect(seen).toEqual([0, 0, 0]);
    }
    const form = formOf(newId());
    expect(reasonOf(await recordBill(other.manager, trip.bookingId, form, now()))).toBe("not_found");
    expect(reasonOf(await matchBills(other.manager, trip.bookingId, { lines: [] }, now()))).toBe("not_found");
    expect(reasonOf(await sendFile(other.manager, trip.bookingId, originalOf("x")))).toBe("not_found");
    expect(reasonOf(await recordBill(await makeCoordinator(), trip.bookingId, form, now()))).toBe(
      "forbidden",
    );
  });
});

describe("the database", () => {
  it("lets nobody change or take away an invoice, its lines or its file", async () => {
    const trip = await makeTreated();
    const { id } = await enterBill(trip.manager, trip.bookingId);
    const tries: ((tx: Parameters<Parameters<typeof asPerson>[1]>[0]) => Promise<unknown>)[] = [
      (tx) => tx.$executeRaw`UPDATE "Bill" SET "totalMinor" = 1 WHERE id = ${id}::uuid`,
      (tx) => tx.$executeRaw`UPDATE "BillLine" SET "amountMinor" = 1 WHERE "billId" = ${id}::uuid`,
      (tx) => tx.$executeRaw`UPDATE "BillFile" SET sha256 = 'x'`,
      (tx) => tx.$executeRaw`DELETE FROM "Bill" WHERE id = ${id}::uuid`,
      (tx) => tx.$executeRaw`DELETE FROM "BillLine" WHERE "billId" = ${id}::uuid`,
    ];
    for (const who of [testSystem, trip.owner, trip.manager, await makeFinance()])
      for (const attempt of tries)
        await expect(asPerson(who, attempt)).rejects.toThrow(/denied|never changes|append/);
  });

  it("lets the operator write none in the centre's name", async () => {
    const trip = await makeTreated();
    const file = await sendFile(trip.owner, trip.bookingId, originalOf("x"));
    const { bookingId, caseId } = trip;
    const row = {
      ...{ bookingId, caseId, clinicId: trip.clinic.id, version: 1 },
      ...{ source: "clinic" as const, state: "confirmed" as const },
      ...{ number: "X", currency: "EUR", totalMinor: 0n, fileId: file.ok ? file.value.id : "" },
      ...{ enteredById: trip.owner.personId, enteredByName: "x", issuedOn: new Date() },
    } as const;
    for (const who of [trip.owner, testSystem, await makeFinance()]) {
      const tried = asPerson(who, (tx) => tx.bill.createMany({ data: [row] }));
      await expect(tried).rejects.toThrow(/row-level security/);
    }
  });
});

describe("an invoice taken from the centre's letter", () => {
  it("waits unseen by the patient for a second coordinator, whose yes makes it count", async () => {
    const trip = await makeTreated();
    const { id } = await enterBill(trip.owner, trip.bookingId);
    expect((await billsOfBooking(trip.patient, trip.bookingId))?.bills).toEqual([]);
    expect(await tasks(trip.caseId, "check_bill")).toBe(1);
    const yes = { state: "confirmed" } as const;
    expect(reasonOf(await judgeBill(trip.owner, id, yes, now()))).toBe("own_work");
    const second = await makeCoordinator();
    const both = await Promise.all([1, 2].map(() => judgeBill(second, id, yes, now())));
    expect(both.map(reasonOf).toSorted()).toEqual(["done", "illegal_transition"]);
    await announceBill(testSystem, { billId: id }, now());
    expect((await billsOfBooking(trip.patient, trip.bookingId))?.bills).toMatchObject([{ source: "letter" }]);
    expect(await tasks(trip.caseId, "check_bill")).toBe(0);
    expect(await traces(id)).toEqual(["bill.entered", "bill.confirmed"]);
  });

  it("counts for nothing when the second person refuses it", async () => {
    const trip = await makeTreated();
    const { id } = await enterBill(trip.owner, trip.bookingId);
    const no = { state: "rejected", reason: "The total is another one." } as const;
    const judged = await judgeBill(await makeCoordinator(), id, no, now());
    expect(judged.ok && judged.value.mirror.billed).toEqual([]);
    await announceBill(testSystem, { billId: id }, now());
    expect(await mails(trip.patient.email, "bill_received")).toBe(0);
  });
});

describe("matching", () => {
  it("keeps what the centre says, each word beside its line, and never turns a difference into none", async () => {
    const trip = await makeTreated();
    const { read } = await enterBill(trip.manager, trip.bookingId, {
      lines: [
        ["Clip procedure", "treatment", 3_000_000],
        ["Special wire", "other", 500_000],
      ],
    });
    const [treatment, device] = read.mirror.lines;
    const wire = read.mirror.billed[1]?.id ?? "";
    const say = async (lines: object[], who = trip.manager) =>
      matchBills(who, trip.bookingId, { lines }, now());
    const said = await say([{ billLineId: wire, lineId: device?.lineId, note: "The device as we call it." }]);
    expect(said.ok && said.value.mirror.match).toMatchObject([
      { serviceId: treatment?.id, cause: "as_estimated" },
      { serviceId: device?.id, cause: "as_estimated", note: "The device as we call it." },
    ]);
    expect(said.ok && said.value.mirror.by?.version).toBe(1);
    expect(reasonOf(await say([{ billLineId: wire, lineId: null, cause: "as_estimated" }]))).toBe(
      "invalid_bill_cause",
    );
    expect(reasonOf(await say([{ billLineId: newId(), lineId: device?.lineId }]))).toBe("invalid_line");
    expect(reasonOf(await say([{ billLineId: wire, lineId: newId() }]))).toBe("invalid_line");
    const finance = await makeFinance();
    const again = await matchBills(
      finance,
      trip.bookingId,
      { lines: [{ billLineId: wire, lineId: null }] },
      now(),
    );
    expect(again.ok && again.value.mirror.by).toMatchObject({ version: 2, authorRole: "finance" });
    expect(again.ok && again.value.mirror.match.map((line) => line.cause)).toEqual([
      ...["as_estimated", "not_in_estimate", "not_delivered"],
    ]);
  });

  it("is possible only where an invoice counts", async () => {
    const trip = await makeTreated();
    expect(reasonOf(await matchBills(trip.manager, trip.bookingId, { lines: [] }, now()))).toBe("no_bill");
  });
});
