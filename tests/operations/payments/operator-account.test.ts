import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { isCheckViolation } from "@/lib/infra/db-errors";
import { ACCOUNT_SETTING } from "@/lib/payments/bank-transfer";
import { confirmOperatorAccount } from "@/lib/payments/confirm-operator-account";
import { operatorAccountForm } from "@/lib/payments/payee-form";
import { proposeOperatorAccount } from "@/lib/payments/propose-operator-account";
import { readBankAccount } from "@/lib/payments/read-bank-account";
import { readOperatorAccounts } from "@/lib/payments/read-operator-accounts";
import { refuseOperatorAccount } from "@/lib/payments/refuse-operator-account";
import { reasonOf, reasonsOf, valueOf } from "../../support/outcomes";
import { makeAdmin, makeCoordinator, makeFinance, makePatient } from "../../support/people";

const now = new Date();
const IBANS = ["DE89 3704 0044 0532 0130 00", "GB82 WEST 1234 5698 7654 32"];
const formOf = (iban = IBANS[0], more: Record<string, unknown> = {}) =>
  operatorAccountForm.parse({
    ...{ holder: "Valvia GmbH", iban, bic: "cobadeff", bank: "Test Bank", source: "The bank's letter" },
    ...more,
  });
const propose = async (iban?: string) => {
  const admin = await makeAdmin();
  return { admin, id: valueOf(await proposeOperatorAccount(admin, formOf(iban), now)).id };
};
const told = async () => (await readBankAccount(await makePatient()))?.iban ?? null;
const mails = (to: string) => openDb().outboxMail.findMany({ where: { to }, orderBy: { id: "asc" } });

beforeEach(async () => {
  await openDb().setting.deleteMany({ where: { key: ACCOUNT_SETTING } });
  const finance = await makeFinance();
  const { waits } = await readOperatorAccounts(finance);
  if (waits) await refuseOperatorAccount(finance, { accountId: waits.id, reason: "Over" }, now);
});

describe("the operator's own account", () => {
  it("is told to payers once a second person has confirmed it, with a trace and a mail to every administrator", async () => {
    const { admin, id } = await propose();
    const other = await makeAdmin();
    expect(await told()).toBeNull();
    expect(reasonOf(await confirmOperatorAccount(admin, id, now))).toBe("same_person");
    expect(await told()).toBeNull();
    valueOf(await confirmOperatorAccount(other, id, now));
    expect(await told()).toBe(IBANS[0]);
    expect(await readOperatorAccounts(admin)).toMatchObject({
      now: { id, proposedBy: admin.name, answeredBy: other.name },
      waits: null,
    });
    const events = await openDb().auditEvent.findMany({ where: { objectId: id }, orderBy: { at: "asc" } });
    expect(events.map(({ event }) => event)).toEqual([
      "operator_account.proposed",
      "operator_account.confirmed",
    ]);
    const sent = await mails(admin.email);
    expect(sent.map(({ template }) => template)).toEqual([
      "operator_account_proposed",
      "operator_account_changed",
    ]);
    expect(sent.some(({ text }) => text.includes("3704"))).toBe(false);
  });

  it("stays what it was while another waits, and when that is refused or taken back", async () => {
    const first = await propose();
    valueOf(await confirmOperatorAccount(await makeFinance(), first.id, now));
    const { admin, id } = await propose(IBANS[1]);
    expect(await told()).toBe(IBANS[0]);
    expect(reasonOf(await proposeOperatorAccount(await makeAdmin(), formOf(IBANS[1]), now))).toBe(
      "operator_account_waits",
    );
    valueOf(await refuseOperatorAccount(admin, { accountId: id, reason: "A slip" }, now));
    expect(await told()).toBe(IBANS[0]);
    expect(reasonOf(await confirmOperatorAccount(await makeFinance(), id, now))).toBe("illegal_transition");
    expect(reasonOf(await proposeOperatorAccount(admin, formOf(), now))).toBe("operator_account_known");
    const { before } = await readOperatorAccounts(admin);
    expect(before.find((one) => one.id === id)).toMatchObject({ state: "refused", refusedReason: "A slip" });
  });

  it("takes the place of the one before, which is kept", async () => {
    const first = await propose();
    const finance = await makeFinance();
    valueOf(await confirmOperatorAccount(finance, first.id, now));
    const second = await propose(IBANS[1]);
    valueOf(await confirmOperatorAccount(finance, second.id, now));
    expect(await told()).toBe(IBANS[1]);
    const { before } = await readOperatorAccounts(finance);
    expect(before.find((one) => one.id === first.id)).toMatchObject({ state: "replaced", replacedAt: now });
  });

  it("is proposed once of two at once, and confirmed or refused once", async () => {
    const admins = [await makeAdmin(), await makeAdmin()];
    const both = await Promise.all(
      admins.map((admin, at) => proposeOperatorAccount(admin, formOf(IBANS[at]), now)),
    );
    expect(reasonsOf(both)).toEqual(["done", "operator_account_waits"]);
    const id = both.flatMap((one) => (one.ok ? [one.value.id] : []))[0] ?? "";
    const [one, other] = [await makeFinance(), await makeFinance()];
    const answers = await Promise.all([
      confirmOperatorAccount(one, id, now),
      refuseOperatorAccount(other, { accountId: id, reason: "No" }, now),
    ]);
    expect(reasonsOf(answers)).toEqual(["done", "illegal_transition"]);
  });

  it("is a real IBAN with a BIC", () => {
    const fits = (more: Record<string, unknown>) =>
      operatorAccountForm.safeParse({ ...formOf(), ...more }).success;
    for (const iban of ["DE88370400440532013000", "12345678", "DE89", ""]) expect(fits({ iban })).toBe(false);
    expect(fits({ bic: "ABC" })).toBe(false);
    expect(formOf("de89 3704 0044 0532 0130 00")).toMatchObject({
      iban: "DE89370400440532013000",
      bic: "COBADEFF",
    });
  });

  it("is nobody else's to know or to write, and of one person never, whatever asks the database", async () => {
    const { admin, id } = await propose();
    const seen = (actor: Actor) => asPerson(actor, (tx) => tx.operatorAccount.count({ where: { id } }));
    const strangers = [await makePatient(), await makeCoordinator()];
    for (const actor of strangers) expect(await seen(actor)).toBe(0);
    expect(reasonOf(await confirmOperatorAccount(await makeFinance(), newId(), now))).toBe("not_found");
    const alone = asPerson(admin, (tx) =>
      tx.operatorAccount.updateMany({
        where: { id },
        data: { state: "confirmed", answeredById: admin.personId, answeredAt: now },
      }),
    );
    await expect(alone).rejects.toSatisfy(isCheckViolation);
    const rewritten = asPerson(admin, (tx) =>
      tx.operatorAccount.updateMany({ where: { id }, data: { iban: "GB82WEST12345698765432" } }),
    );
    await expect(rewritten).rejects.toThrow();
    const finance = await makeFinance();
    const { iban, holder, bic, bank, source } = formOf();
    const row = { iban, holder, bic, bank, source, proposedById: finance.personId };
    const own = asPerson(finance, (tx) => tx.operatorAccount.createMany({ data: [row] }));
    await expect(own).rejects.toThrow();
  });
});
