import "server-only";
import type { Admin, Coordinator } from "@/lib/kernel/actor";
import { answerRevision, type RevisionNo } from "./answer-revision";
import type { RequestChangesForm } from "./forms/listing";

/** Sends a proposal back with a reason, in general or for single changes; the centre's next draft begins from it. */
export function requestChanges(
  approver: Admin | Coordinator,
  id: string,
  { reason, remarks }: RequestChangesForm,
  now: Date,
): Promise<RevisionNo> {
  return answerRevision(approver, id, { state: "changes_asked", reason, remarks }, now);
}
