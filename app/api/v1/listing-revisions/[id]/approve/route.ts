import { revalidatePath } from "next/cache";
import { approveRevision } from "@/lib/clinics/approve-revision";
import { revisionToJudge } from "@/lib/clinics/queries/listing";
import { judgedAnswer } from "@/lib/clinics/views/cabinet";
import { apiRoute } from "@/lib/infra/api";

export const POST = apiRoute(async (call) => {
  const approver = call.as("admin", "coordinator");
  const id = call.id("id");
  call.value(await approveRevision(approver, id, new Date()));
  // Every page that may show this centre is written anew when next asked for.
  for (const page of [
    "clinics/[slug]",
    "doctors/[slug]",
    "treatments/[slug]",
    "devices/[slug]",
    "countries/[code]",
  ]) {
    revalidatePath(`/(public)/[locale]/${page}`, "page");
  }
  return call.json(judgedAnswer(call.found(await revisionToJudge(approver, id))));
});
