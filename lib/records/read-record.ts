import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { traceView } from "./note-look";
import { recordInside } from "./queries";
import type { RecordRow } from "./views/record";

/** What is known of one file, with the trace of who looked: its header and findings speak of the patient too. */
export function readRecord(viewer: SignedIn, id: string, now: Date): Promise<RecordRow | null> {
  return asPerson(viewer, async (tx) => {
    const found = await recordInside(tx, viewer, id);
    if (found) await traceView(tx, viewer, found, now);
    return found;
  });
}
