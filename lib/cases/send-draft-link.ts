import "server-only";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { queueMail } from "@/lib/infra/mailer";
import { spend } from "@/lib/infra/rate-limit";
import { draftHolder, systemActor } from "@/lib/infra/session";
import type { SendDraftLinkForm } from "./forms";

/**
 * Mails whoever holds the token of a draft the way back to it. The link carries that token and so opens the draft and
 * nothing else, until it is sent, claimed or erased. The token stands in the fragment: no server and no log sees it.
 */
export async function sendDraftLink(
  token: string,
  form: SendDraftLinkForm,
): Promise<Outcome<{ id: string }, "not_found" | "too_many">> {
  const { draftTokenHash } = draftHolder(token);
  const retryAfter = (await spend("draft_link", draftTokenHash)) ?? (await spend("mail_link", form.email));
  if (retryAfter) return refused("too_many", { retryAfter });
  const system = systemActor("draft-link");
  return asPerson(system, async (tx) => {
    const draft = await tx.case.findUnique({
      where: { draftTokenHash, stage: "draft" },
      select: { id: true },
    });
    if (!draft) return refused("not_found");
    const { email: to, language: locale } = form;
    const path = `/${locale}/start/resume#token=${token}`;
    await queueMail(tx, { to, locale, template: "draft_link", path });
    await writeAudit(tx, system, "case.link_sent", {
      caseId: draft.id,
      objectType: "case",
      objectId: draft.id,
    });
    return done({ id: draft.id });
  });
}
