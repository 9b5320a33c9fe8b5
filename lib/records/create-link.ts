import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { newId, newToken } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { sha256 } from "@/lib/infra/hash";
import { spend } from "@/lib/infra/rate-limit";
import { takesUploads } from "@/lib/cases/case";
import { lockedCase } from "@/lib/cases/queries";
import type { CreateLinkForm } from "./forms";
import { casesWithLinksOf } from "./scope";
import { LINK_BYTES_MAX, LINK_FILES_MAX, OPEN_LINKS_MAX } from "./link";

type Refusal = "not_found" | "illegal_transition" | "too_many" | "too_many_links";

/** A link just made. The token is told once; only its hash is kept. */
export interface CreatedLink {
  id: string;
  token: string;
  url: string;
  expiresAt: Date;
}

/** Lets somebody without an account send files into a case, and nothing else, for some days. */
export async function createLink(
  maker: Patient | Coordinator,
  caseId: string,
  form: CreateLinkForm,
  now: Date,
): Promise<Outcome<CreatedLink, Refusal>> {
  const retryAfter = await spend("link_made", maker.personId);
  if (retryAfter) return refused("too_many", { retryAfter });
  return asPerson(maker, async (tx) => {
    const found = await lockedCase(tx, maker, caseId);
    const own = { AND: [{ id: caseId }, casesWithLinksOf(maker)] };
    if (!found || (await tx.case.count({ where: own })) === 0) return refused("not_found");
    if (!takesUploads(found.stage)) return refused("illegal_transition", { stage: found.stage });
    const open = { caseId, revokedAt: null, expiresAt: { gt: now } };
    if ((await tx.uploadLink.count({ where: open })) >= OPEN_LINKS_MAX) return refused("too_many_links");
    const [id, token] = [newId(now.getTime()), newToken()];
    const expiresAt = addHours(now, form.days * 24);
    const limits = {
      filesMax: form.filesMax ?? LINK_FILES_MAX,
      bytesMax: BigInt(form.bytesMax ?? LINK_BYTES_MAX),
    };
    const { name, note = null } = form;
    const made = { madeById: maker.personId, madeAt: now, expiresAt };
    await tx.uploadLink.createMany({
      data: [{ id, caseId, name, note, tokenHash: sha256(token), ...limits, ...made }],
    });
    await writeAudit(tx, maker, "upload_link.made", {
      ...{ caseId, objectType: "upload_link", objectId: id },
      facts: { days: form.days },
    });
    return done({ id, token, url: `${env().APP_URL}/${maker.locale}/send/${token}`, expiresAt });
  });
}
