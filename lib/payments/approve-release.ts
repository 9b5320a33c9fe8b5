import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson, type Tx } from "@/lib/infra/db";
import { claimPayee } from "./claim-payee";
import { approvedReleasePostings } from "./ledger";
import type { ApproveReleaseForm } from "./payee-form";
import { postCover } from "./post-cover";
import { postLedger } from "./post-ledger";
import { type CameBack, readCameBackNow } from "./read-came-back";
import { readFreeMoney } from "./read-free-money";
import { readKept } from "./read-kept";
import { readNewestAccount } from "./read-releasable";
import { readReserved } from "./read-reserved";

type NoAccount = "no_payee_account" | "payee_account_waits" | "payee_account_changed";
type Refusal =
  | "not_found"
  | "same_person"
  | "illegal_transition"
  | "release_stale"
  | "held_too_little"
  | NoAccount;

/**
 * The second person says yes: the money is no longer held for the patient but owed to whoever delivered. Never by an
 * account the hospital has corrected since, and never more than is held and not about to go back to the patient. The proven
 * cost of what was not delivered takes only what a refund kept for it, and nothing that whoever delivered is still owed. It
 * goes to the very account that was shown, which two people have said is the payee's, and says whether the last payment there came
 * back. Of two approvals at once one wins.
 */
export async function approveRelease(
  finance: Finance,
  { releaseId: id, accountId }: ApproveReleaseForm,
  now: Date,
): Promise<Outcome<{ id: string; cameBack: CameBack | null }, Refusal>> {
  return asPerson(finance, async (tx) => {
    const named = await tx.release.findUnique({ where: { id }, select: { bookingId: true } });
    if (!named || !(await claimTrip(tx, named.bookingId))) return refused("not_found");
    const release = await tx.release.findUniqueOrThrow({ where: { id } });
    if (release.proposedById === finance.personId) return refused("same_person");
    const { bookingId, caseId, contract, currency, amountMinor, taxMinor, payee } = release;
    if (release.state !== "proposed")
      return refused("illegal_transition", { from: release.state, to: "approved" });
    const noAccount = await whyNoAccount(tx, release.payeeKey, accountId);
    if (noAccount) return refused(noAccount);
    if (contract === "A" && !(await isByNewestAccount(tx, { id, bookingId })))
      return refused("release_stale");
    const kept = await readKeptLines(tx, id);
    if (!(await isWithinKept(tx, finance, bookingId, kept))) return refused("release_stale");
    const reservedMinor = kept.length > 0 ? await readReserved(tx, bookingId, contract, id) : 0n;
    if (contract === "B") await postCover(tx, finance, { id: bookingId, caseId }, now);
    const heldMinor = (await readFreeMoney(tx, bookingId, contract)) - reservedMinor;
    if (heldMinor < amountMinor) return refused("held_too_little", { heldMinor: `${heldMinor}` });
    const { count } = await tx.release.updateMany({
      where: { id, state: "proposed", proposedById: { not: finance.personId } },
      data: { state: "approved", approvedById: finance.personId, approvedAt: now, payeeAccountId: accountId },
    });
    if (count === 0) return refused("illegal_transition", { from: release.state, to: "approved" });
    await postLedger(
      tx,
      {
        ...{ kind: "release_approved", reference: `release:${id}:approved`, bookingId, caseId, currency },
        ...{ memo: payee, actorId: finance.personId },
      },
      approvedReleasePostings(contract, { amountMinor, taxMinor }),
    );
    await writeAudit(tx, finance, "release.approved", { caseId, objectType: "release", objectId: id });
    return done({ id, cameBack: (await readCameBackNow(tx, [release.payeeKey]))(release.payeeKey) });
  });
}

/** Nobody says yes to an account they were not shown, nor while another waits to take its place. */
async function whyNoAccount(tx: Tx, payeeKey: string, shownId: string): Promise<NoAccount | null> {
  await claimPayee(tx, payeeKey);
  const live = await tx.payeeAccount.findMany({
    where: { payeeKey, state: { in: ["proposed", "confirmed"] } },
    select: { id: true, state: true },
  });
  if (live.some(({ state }) => state === "proposed")) return "payee_account_waits";
  const [account] = live;
  if (!account) return "no_payee_account";
  return account.id === shownId ? null : "payee_account_changed";
}

async function isByNewestAccount(tx: Tx, { id, bookingId }: { id: string; bookingId: string }) {
  const account = await readNewestAccount(tx, bookingId);
  const lines = await tx.releaseLine.findMany({
    where: { releaseId: id, evidence: "final_account" },
    select: { evidenceId: true },
  });
  return lines.every((line) => line.evidenceId === account?.id);
}

type KeptLine = Awaited<ReturnType<typeof readKeptLines>>[number];

function readKeptLines(tx: Tx, releaseId: string) {
  const where = { releaseId, evidence: "cancellation_kept" };
  return tx.releaseLine.findMany({ where, select: { serviceId: true, amountMinor: true } });
}

/** Whether a refund keeps at least so much for each of these lines. */
async function isWithinKept(tx: Tx, finance: Finance, bookingId: string, lines: readonly KeptLine[]) {
  if (lines.length === 0) return true;
  const keptOf = await readKept(tx, finance, bookingId);
  return lines.every(({ serviceId, amountMinor }) => amountMinor <= (keptOf.get(serviceId) ?? 0n));
}
