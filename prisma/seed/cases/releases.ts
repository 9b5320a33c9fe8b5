import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { approveRelease } from "@/lib/payments/approve-release";
import { confirmPayeeAccount } from "@/lib/payments/confirm-payee-account";
import { confirmRecall } from "@/lib/payments/confirm-recall";
import { payRelease } from "@/lib/payments/pay-release";
import { payeeAccountForm } from "@/lib/payments/payee-form";
import { proposePayeeAccount } from "@/lib/payments/propose-payee-account";
import { proposeRelease } from "@/lib/payments/propose-release";
import { readReleasable } from "@/lib/payments/read-releasable";
import { releaseKey } from "@/lib/payments/release";
import { withdrawRelease } from "@/lib/payments/withdraw-release";
import type { Story } from "./story";
import type { Journey } from "./trips";

const WRONG_ACCOUNT =
  "The bank sent it back: the supplier has closed this account, and its new one came by letter.";
const TWO_INVOICES =
  "Its invoice names another patient. Not to be paid before the supplier has sent the right one.";

/**
 * What was delivered goes to whoever delivered it. One payment has come back and is held for the patient again; or one is
 * about to be taken back before it left, and the hospital's share waits for the second word.
 */
export async function passOn(story: Story, { bookingId, trip }: Journey, daysAgo: number): Promise<void> {
  const { passesOn } = trip;
  if (!passesOn) return;
  const { finance, secondFinance } = story.cast;
  const groups = await releasable(bookingId);
  for (const { contract, key } of groups.toSorted((one, other) =>
    one.contract.localeCompare(other.contract),
  )) {
    const releaseId = (
      await story.step(daysAgo, (now) => proposeRelease(finance, { bookingId, contract, key }, now))
    ).id;
    if (passesOn === "recalling" && contract === "A") continue;
    const accountId = await accountOf(story, releaseId, daysAgo - 0.1);
    await story.step(daysAgo - 0.5, (now) => approveRelease(secondFinance, { releaseId, accountId }, now));
    if (passesOn === "recalling") {
      const recall = { releaseId, reason: TWO_INVOICES };
      await story.step(daysAgo - 1, (now) => withdrawRelease(finance, recall, now));
      return;
    }
    const bankReference = `SEPA ${story.chance.whole(100_000, 999_999)}`;
    await story.step(daysAgo - 1, (now) => payRelease(finance, { releaseId, bankReference }, now));
    if (contract === "B") await comeBack(story, releaseId, bankReference, daysAgo - 4);
  }
}

/** The confirmed account of its payee: one of finance writes it down, the other makes sure. */
async function accountOf(story: Story, releaseId: string, daysAgo: number): Promise<string> {
  const { finance, secondFinance } = story.cast;
  const release = await asPerson(finance, (tx) => tx.release.findUniqueOrThrow({ where: { id: releaseId } }));
  const { payee, payeeKey, contract } = release;
  const known = await asPerson(finance, (tx) =>
    tx.payeeAccount.findFirst({ where: { payeeKey, state: "confirmed" } }),
  );
  if (known) return known.id;
  const form = payeeAccountForm.parse({
    ...{ holder: payee, number: madeUpIban(story.chance.whole(10_000_000, 99_999_999)) },
    source: contract === "A" ? "From its contract with us" : "From its letter, read back by telephone",
  });
  const { id } = await story.step(daysAgo, (now) =>
    proposePayeeAccount(finance, { ...form, releaseId }, now),
  );
  await story.step(daysAgo - 0.1, (now) => confirmPayeeAccount(secondFinance, id, now));
  return id;
}

/** Right in its check digits, at a bank that does not exist. */
function madeUpIban(account: number): string {
  const rest = `00000000${`${account}`.padStart(10, "0")}`;
  const check = 98n - (BigInt(`${rest}131400`) % 97n);
  return `DE${`${check}`.padStart(2, "0")}${rest}`;
}

async function comeBack(story: Story, releaseId: string, paid: string, daysAgo: number): Promise<void> {
  const { finance, secondFinance } = story.cast;
  const recall = { releaseId, reason: WRONG_ACCOUNT, evidence: `Return of ${paid}` };
  const { id } = await story.step(daysAgo, (now) => withdrawRelease(finance, recall, now));
  await story.step(daysAgo - 0.2, (now) => confirmRecall(secondFinance, id, now));
}

function releasable(bookingId: string): Promise<{ contract: "A" | "B"; key: string }[]> {
  return asPerson(systemActor("releases"), async (tx) => {
    const { due } = await readReleasable(tx, [bookingId]);
    return due.map((group) => ({ contract: group.contract, key: releaseKey(group) }));
  });
}
