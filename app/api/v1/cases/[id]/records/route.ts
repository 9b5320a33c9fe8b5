import { mayVisitCase } from "@/lib/cases/open-case";
import { z } from "zod";
import { apiRoute } from "@/lib/infra/api";
import { pageForm } from "@/lib/cases/page";
import { recordsOfCase } from "@/lib/records/queries";
import { showRecord } from "@/lib/records/views/record";

export const GET = apiRoute(async (call) => {
  const viewer = call.as("patient", "coordinator", "clinic_reviewer", "clinic_manager");
  call.may(await mayVisitCase(viewer, call.id("id"), new Date()));
  const page = call.found(await recordsOfCase(viewer, call.id("id"), call.query(z.object(pageForm))));
  return call.json({ items: page.items.map(showRecord), next: page.next });
});
