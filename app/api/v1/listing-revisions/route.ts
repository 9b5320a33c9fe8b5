import { revisionsToJudge } from "@/lib/clinics/queries/listing";
import { revisionAnswer } from "@/lib/clinics/views/cabinet";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const revisions = await revisionsToJudge(call.as("admin", "coordinator"));
  return call.json({
    items: revisions.map((revision) => ({ ...revisionAnswer(revision), clinic: revision.clinic })),
    next: null,
  });
});
