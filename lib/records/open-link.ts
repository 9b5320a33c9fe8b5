import "server-only";
import type { LinkHolder } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { blockedFor, spend } from "@/lib/infra/rate-limit";
import { linkHolder, systemActor } from "@/lib/infra/session";
import { takesUploads } from "@/lib/cases/case";
import { linkReference, linkStateOf } from "./link";

const finder = systemActor("upload-link");

type Refusal = "not_found" | "link_closed" | "too_many";

/** What whoever holds a link is told: nothing of the patient but what its maker wrote for them. */
export interface LinkPage {
  reference: string;
  note: string | null;
  expiresAt: Date;
  filesMax: number;
  bytesMax: number;
}

/**
 * Who comes with the token of an upload link. A guess is simply not there; a link that was closed says so to whoever
 * held it. `address` is where the request came from: too many guesses from there end in waiting.
 */
export async function openLink(
  token: string,
  address: string | null,
  now: Date,
): Promise<Outcome<LinkHolder, Refusal>> {
  const found = await findOpen(token, address, now);
  if (!found.ok) return found;
  const { id: linkId, caseId, name, tokenHash: linkTokenHash } = found.value;
  return done(linkHolder({ linkId, caseId, name, linkTokenHash }));
}

/** What stands on the page of a link. */
export async function linkPageOf(
  token: string,
  address: string | null,
  now: Date,
): Promise<Outcome<LinkPage, Refusal>> {
  const found = await findOpen(token, address, now);
  if (!found.ok) return found;
  const { id, note, expiresAt, filesMax, bytesMax } = found.value;
  return done({ reference: linkReference(id), note, expiresAt, filesMax, bytesMax: Number(bytesMax) });
}

async function findOpen(token: string, address: string | null, now: Date) {
  const wait = address === null ? null : await blockedFor("link_guess", address);
  if (wait) return refused("too_many", { retryAfter: wait });
  const link = await asPerson(finder, (tx) =>
    tx.uploadLink.findUnique({
      where: { tokenHash: sha256(token) },
      include: { case: { select: { stage: true } } },
    }),
  );
  if (!link) {
    if (address !== null) await spend("link_guess", address);
    return refused("not_found");
  }
  const isOpen = linkStateOf(link, now) === "open" && takesUploads(link.case.stage);
  return isOpen ? done(link) : refused("link_closed");
}
