import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { approveRelease } from "@/lib/payments/approve-release";
import { confirmPayeeAccount } from "@/lib/payments/confirm-payee-account";
import { proposePayeeAccount } from "@/lib/payments/propose-payee-account";
import { proposeRelease } from "@/lib/payments/propose-release";
import { releasableFor } from "@/lib/payments/read-releasable";
import { endedReleasesFor, waitingReleasesFor } from "@/lib/payments/read-releases";
import { refusePayeeAccount } from "@/lib/payments/refuse-payee-account";
import { refuseRelease } from "@/lib/payments/refuse-release";
import { releaseKey } from "@/lib/payments/release";
import { makeTaxSettings } from "@/tests/support/invoices";
import { reasonOf, reasonsOf, valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, makePatient, testSystem } from "@/tests/support/people";
import { ACCOUNT, makeDriven } from "@/tests/support/releases";

const now = () => new Date();
beforeEach(makeTaxSettings);

/** A driven ride that nobody has proposed to pass on. */
async function makeDue() {
  const made = await makeDriven();
  const { bookingId } = made;
  const finance = await makeFinance();
  const group = (await releasableFor(finance)).due.find((one) => one.bookingId === bookingId);
  if (!group) throw new Error("Nothing is due.");
  const form = { bookingId, contract: group.contract, key: releaseKey(group) };
  const propose = (payee: string) => proposeRelease(finance, { ...form, payee }, now());
  return { ...made, finance, propose };
}

/** The same, proposed to go to a payee nobody knows an account of. */
async function makeProposed(payee = `Rides ${newId()}`) {
  const { propose, ...made } = await makeDue();
  const { id: releaseId } = valueOf(await propose(payee));
  return { ...made, releaseId, payee };
}

const write = async (releaseId: string, more: Partial<typeof ACCOUNT> = {}, who = makeFinance()) =>
  proposePayeeAccount(await who, { ...ACCOUNT, ...more, releaseId }, now());
const approve = async (releaseId: string, accountId: string) =>
  approveRelease(await makeFinance(), { releaseId, accountId }, now());

async function confirmed(releaseId: string, more: Partial<typeof ACCOUNT> = {}) {
  const { id } = valueOf(await write(releaseId, more));
  valueOf(await confirmPayeeAccount(await makeFinance(), id, now()));
  return id;
}

async function rowOf(releaseId: string) {
  for (let cursor: string | null | undefined = undefined; cursor !== null;) {
    const page = await waitingReleasesFor(await makeFinance(), cursor);
    const row = page.items.find(({ id }) => id === releaseId);
    if (row) return row;
    cursor = page.next;
  }
  throw new Error("The release does not wait.");
}

describe("the account of a payee", () => {
  it("is needed before anything goes there, and counts only once another person has confirmed it", async () => {
    const { releaseId } = await makeProposed();
    expect(reasonOf(await approve(releaseId, newId()))).toBe("no_payee_account");
    const one = await makeFinance();
    const { id } = valueOf(await write(releaseId, {}, Promise.resolve(one)));
    expect(reasonOf(await approve(releaseId, id))).toBe("payee_account_waits");
    expect(reasonOf(await confirmPayeeAccount(one, id, now()))).toBe("same_person");
    expect(reasonOf(await approve(releaseId, id))).toBe("payee_account_waits");
    const both = await Promise.all(
      [1, 2].map(async () => confirmPayeeAccount(await makeFinance(), id, now())),
    );
    expect(reasonsOf(both)).toEqual(["done", "illegal_transition"]);
    expect(reasonOf(await approve(releaseId, newId()))).toBe("payee_account_changed");
    valueOf(await approve(releaseId, id));
    expect((await rowOf(releaseId)).payeeAccountId).toBe(id);
    const traced = await openDb().auditEvent.findMany({ where: { objectId: id }, orderBy: { at: "asc" } });
    expect(traced.map(({ event }) => event)).toEqual(["payee_account.proposed", "payee_account.confirmed"]);
  });

  it("is changed by two people, stops every release of its payee meanwhile, and is kept with who did it", async () => {
    const { releaseId, payee } = await makeProposed();
    const first = await confirmed(releaseId);
    expect(reasonOf(await write(releaseId))).toBe("payee_account_known");
    const other = { number: "GB82WEST12345698765432" };
    const asked = await Promise.all([write(releaseId, other), write(releaseId, other)]);
    expect(reasonsOf(asked)).toEqual(["done", "payee_account_waits"]);
    const next = valueOf(asked.find((one) => one.ok) ?? (await write(releaseId, other))).id;
    const second = await makeProposed(payee.toUpperCase());
    for (const id of [releaseId, second.releaseId])
      expect(reasonOf(await approve(id, first))).toBe("payee_account_waits");
    valueOf(await confirmPayeeAccount(await makeFinance("Ben Two"), next, now()));
    expect(reasonOf(await approve(releaseId, first))).toBe("payee_account_changed");
    valueOf(await approve(second.releaseId, next));
    const { account, accountsBefore, accountWaits } = await rowOf(releaseId);
    expect([account?.id, account?.answeredBy, accountWaits]).toEqual([next, "Ben Two", null]);
    expect(accountsBefore.map(({ id, state }) => [id, state])).toEqual([[first, "replaced"]]);
  });

  it("refused, leaves the payee where it was paid; whoever wrote it down may take it back", async () => {
    const { releaseId } = await makeProposed();
    const first = await confirmed(releaseId);
    const one = await makeFinance();
    const { id } = valueOf(await write(releaseId, { holder: "Somebody" }, Promise.resolve(one)));
    const no = { accountId: id, reason: "The supplier knows nothing of it" };
    valueOf(await refusePayeeAccount(one, no, now()));
    expect(reasonOf(await refusePayeeAccount(one, no, now()))).toBe("illegal_transition");
    expect(reasonOf(await confirmPayeeAccount(await makeFinance(), id, now()))).toBe("illegal_transition");
    expect((await rowOf(releaseId)).accountsBefore).toMatchObject([{ id, refusedReason: no.reason }]);
    valueOf(await approve(releaseId, first));
  });

  it("keeps what a release was approved for, and says when it has been changed since", async () => {
    const { releaseId } = await makeProposed();
    const first = await confirmed(releaseId);
    valueOf(await approve(releaseId, first));
    expect(await rowOf(releaseId)).toMatchObject({ account: { id: first }, accountNow: null });
    const next = await confirmed(releaseId, { number: "GB82WEST12345698765432" });
    expect(await rowOf(releaseId)).toMatchObject({ account: { id: first }, accountNow: { id: next } });
  });

  it("of a typed name that is one supplier's is the supplier's, however it is written; of several the town says which", async () => {
    const name = `Medi Rides ${newId()}`;
    const town = { kind: "transfer", country: "DE", city: "Berlin" };
    const make = (city: string) => openDb().supplier.create({ data: { ...town, city, name } });
    const { id } = await make("Berlin");
    const one = await makeProposed(`  ${name.toUpperCase()} `);
    const supplier = { payeeKey: `supplier:${id}`, payee: name };
    expect(await rowOf(one.releaseId)).toMatchObject(supplier);
    const account = await confirmed(one.releaseId);
    const another = await makeProposed(name.toLowerCase());
    expect((await rowOf(another.releaseId)).account?.id).toBe(account);
    await write(another.releaseId, { number: "GB82WEST12345698765432" });
    expect(reasonOf(await approve(one.releaseId, account))).toBe("payee_account_waits");

    await make("Hamburg");
    const due = await makeDue();
    expect(reasonOf(await due.propose(name))).toBe("payee_ambiguous");
    const { id: releaseId } = valueOf(await due.propose(`${name}, berlin`));
    expect(await rowOf(releaseId)).toMatchObject(supplier);
    const like = await makeProposed(`${name.slice(0, -1)}_`);
    expect((await rowOf(like.releaseId)).payeeKey).toMatch(/^name:/);
  });

  it("is kept by the same key where a process of the version before proposes, which knows none", async () => {
    const name = `Medi Rides ${newId()}`;
    const { id: supplierId } = await openDb().supplier.create({
      data: { kind: "transfer", country: "DE", city: "Berlin", name },
    });
    const { releaseId, bookingId } = await makeProposed();
    const { clinicId } = await asPerson(testSystem, (tx) =>
      tx.booking.findUniqueOrThrow({ where: { id: bookingId } }),
    );
    const keyOf = async (contract: "A" | "B", payee: string) => {
      let keys: unknown[] = [];
      const insert = asPerson(testSystem, async (tx) => {
        keys = await tx.$queryRaw<unknown[]>`
          INSERT INTO "Release" (id, "bookingId", "caseId", contract, payee, currency, "amountMinor", "taxMinor", "proposedById")
          SELECT ${newId()}::uuid, "bookingId", "caseId", ${contract}::"ContractKind", ${payee}, currency, "amountMinor", 0, "proposedById"
            FROM "Release" WHERE id = ${releaseId}::uuid RETURNING "payeeKey"`;
      });
      // Its lines are missing, so it is not kept; which key it was given is known by then.
      await expect(insert).rejects.toThrow(/add up/);
      return keys;
    };
    expect(await keyOf("A", name)).toEqual([{ payeeKey: `clinic:${clinicId}` }]);
    expect(await keyOf("B", name)).toEqual([{ payeeKey: `supplier:${supplierId}` }]);
    expect(await keyOf("B", ` Nobody ${name}`)).toEqual([{ payeeKey: `name:nobody ${name.toLowerCase()}` }]);
  });

  it("that a release was approved for is shown with it, however many came after", async () => {
    const { releaseId } = await makeProposed();
    const first = await confirmed(releaseId);
    valueOf(await approve(releaseId, first));
    await confirmed(releaseId, { number: "GB82WEST12345698765432" });
    await asPerson(await makeFinance(), (tx) =>
      tx.$executeRawUnsafe(`DO $$ DECLARE new uuid; BEGIN FOR i IN 1..201 LOOP
        new := ('f' || right(gen_random_uuid()::text, -1))::uuid;
        INSERT INTO "PayeeAccount" (id, "payeeKey", payee, holder, number, source, "proposedById")
          SELECT new, "payeeKey", payee, 'x', i, 'x', app_person() FROM "Release" WHERE id = '${releaseId}';
        UPDATE "PayeeAccount" SET state = 'refused', "answeredById" = app_person(), "answeredAt" = now(), "refusedReason" = 'x' WHERE id = new;
      END LOOP; END $$`),
    );
    const { account, accountsBefore } = await rowOf(releaseId);
    expect(account?.id).toBe(first);
    expect(accountsBefore.map(({ id }) => id)).toEqual(
      accountsBefore
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    );
  });

  it("is nothing to strangers, and of no release there is none", async () => {
    expect(reasonOf(await write(newId()))).toBe("not_found");
    expect(reasonOf(await confirmPayeeAccount(await makeFinance(), newId(), now()))).toBe("not_found");
    const nobody = { accountId: newId(), reason: "x" };
    expect(reasonOf(await refusePayeeAccount(await makeFinance(), nobody, now()))).toBe("not_found");
    const { releaseId, patient } = await makeProposed();
    await confirmed(releaseId);
    for (const asker of [patient, await makePatient(), await makeCoordinator(), testSystem])
      expect(await asPerson(asker, (tx) => tx.payeeAccount.count())).toBe(0);
  });

  it("is held by the database: two people, no change of what was written, and no release elsewhere", async () => {
    const { releaseId } = await makeProposed();
    const other = await makeProposed();
    const foreign = await confirmed(other.releaseId);
    const one = await makeFinance();
    const { id } = valueOf(await write(releaseId, {}, Promise.resolve(one)));
    const run = (sql: string) => asPerson(one, (tx) => tx.$executeRawUnsafe(sql));
    const yes = (by: string) =>
      `UPDATE "PayeeAccount" SET state = 'confirmed', "answeredAt" = now(), "answeredById" = '${by}' WHERE id = '${id}'`;
    await expect(run(yes(one.personId))).rejects.toThrow(/two_people/);
    await expect(run(yes((await makeFinance()).personId))).rejects.toThrow(/row-level/);
    await expect(run(`UPDATE "PayeeAccount" SET number = '12345' WHERE id = '${id}'`)).rejects.toThrow(
      /never changes/,
    );
    for (const account of [`'${id}'`, `'${foreign}'`, "NULL"])
      await expect(
        run(
          `UPDATE "Release" SET state = 'approved', "approvedAt" = now(), "approvedById" = '${one.personId}', "payeeAccountId" = ${account} WHERE id = '${releaseId}'`,
        ),
      ).rejects.toThrow(/confirmed account/);
  });
});

describe("what the second person is shown", () => {
  it("is who said so and when, and nothing that nobody said", async () => {
    const { releaseId, finance, payee, bookingId, caseId } = await makeProposed();
    const [line] = (await rowOf(releaseId)).lines;
    // Nobody reported this ride through the portal: nothing is made up.
    expect(line?.proof).toMatchObject({ by: null, byRole: null, documents: [] });
    await openDb().auditEvent.create({
      data: {
        ...{ event: "transfer.done", actorRole: "link_holder", objectType: "transfer", caseId },
        objectId: line?.evidenceId ?? null,
      },
    });
    const row = await rowOf(releaseId);
    expect(row.lines[0]?.proof).toMatchObject({ byRole: "link_holder", at: expect.any(Date) });
    expect(row).toMatchObject({ legalName: payee, bookingId, proposedBy: finance.name, account: null });
    valueOf(await refuseRelease(finance, { releaseId, reason: "No" }, now()));
    const ended = (await endedReleasesFor(finance)).items.find(({ id }) => id === releaseId);
    expect(ended?.lines[0]?.proof?.byRole).toBe("link_holder");
  });
});
