import "server-only";
import { newId } from "@/lib/kernel/ids";
import { OPEN_STAGES } from "./open-upload";
import type { Uploader } from "./scope";

/** A study of a thousand files is one line of the timeline, not a thousand. */
const ONE_LINE_MINUTES = 10;

/** What the database writes down when every byte of a file is kept: who brought it, when, and whether screens are told. */
export function arrivalFacts(uploader: Uploader, caseId: string) {
  return {
    ...{ caseId, now: new Date(), stages: OPEN_STAGES, auditId: newId(), eventId: newId() },
    ...{ actorName: uploader.name, oneLineMinutes: ONE_LINE_MINUTES, tell: isTimeToTell(caseId) },
  };
}

const TELL_MS = 500;
const TOLD_MAX = 1_000;
const toldAt = new Map<string, number>();

/**
 * Open screens of a case look again at most twice a second: the database lets those who tell something commit only one
 * after the other. What is left untold here is told when the file has been checked.
 */
function isTimeToTell(caseId: string): boolean {
  const now = performance.now();
  if (now - (toldAt.get(caseId) ?? -TELL_MS) < TELL_MS) return false;
  if (toldAt.size >= TOLD_MAX) toldAt.clear();
  toldAt.set(caseId, now);
  return true;
}
