import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { claimPayee } from "./claim-payee";
import type { PayeeAccountForm } from "./payee-form";

/**
 * Writes down where the payee of a release is paid, or from now on. Nothing goes there before another person has confirmed it,
 * and until then no release of this payee is approved.
 */
export async function proposePayeeAccount(
  finance: Finance,
  { releaseId, ...form }: PayeeAccountForm & { releaseId: string },
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "payee_account_waits" | "payee_account_known">> {
  return asPerson(finance, async (tx) => {
    const release = await tx.release.findUnique({
      where: { id: releaseId },
      select: { payee: true, payeeKey: true },
    });
    if (!release) return refused("not_found");
    const { payee, payeeKey } = release;
    await claimPayee(tx, payeeKey);
    const live = await tx.payeeAccount.findMany({
      where: { payeeKey, state: { in: ["proposed", "confirmed"] } },
      select: { state: true, holder: true, number: true, bic: true },
    });
    if (live.some(({ state }) => state === "proposed")) return refused("payee_account_waits");
    const { holder, number, source } = form;
    const bic = form.bic ?? null;
    const isKnown = live.some((one) => one.number === number && one.holder === holder && one.bic === bic);
    if (isKnown) return refused("payee_account_known");
    const id = newId();
    await tx.payeeAccount.createMany({
      data: [
        {
          ...{ id, payeeKey, payee, holder, number, bic, source },
          ...{ proposedById: finance.personId, proposedAt: now },
        },
      ],
    });
    await writeAudit(tx, finance, "payee_account.proposed", { objectType: "payee_account", objectId: id });
    return done({ id });
  });
}
