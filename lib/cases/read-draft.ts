import "server-only";
import type { DraftHolder } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { currentDraftHolder, currentOwnDraft, type OwnDraft } from "@/lib/infra/session";
import type { CaseFacts } from "./case-facts";
import { caseInside, draftForHolder } from "./queries";
import { ownCasesOf } from "./scope";

/** Who goes on with a draft: the holder of its token, or the patient it belongs to by now. */
export type DraftKeeper = DraftHolder | OwnDraft;

/** The patient's own draft, as long as it was not sent; null for everybody else, helpers too. */
export function ownDraft({ patient, caseId }: OwnDraft): Promise<CaseFacts | null> {
  return asPerson(patient, async (tx) => {
    const own = { AND: [{ id: caseId, stage: "draft" as const }, ownCasesOf(patient)] };
    return (await tx.case.count({ where: own })) === 1 ? caseInside(tx, patient, caseId) : null;
  });
}

/** The draft this browser goes on with. One's own that was opened for changes comes before one without an owner. */
export async function readCurrentDraft(): Promise<{ keeper: DraftKeeper; facts: CaseFacts } | null> {
  const own = await currentOwnDraft();
  const kept = own && (await ownDraft(own));
  if (own && kept) return { keeper: own, facts: kept };
  const holder = await currentDraftHolder();
  const facts = holder && (await draftForHolder(holder));
  return holder && facts ? { keeper: holder, facts } : null;
}
