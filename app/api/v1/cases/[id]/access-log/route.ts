import { apiRoute } from "@/lib/infra/api";
import { pageQuery } from "@/lib/cases/forms";
import { accessLogForActor } from "@/lib/cases/queries";
import { accessLogViewOf } from "@/lib/cases/case-trace";

export const GET = apiRoute(async (call) => {
  const person = call.as("patient", "coordinator");
  const log = call.found(await accessLogForActor(person, call.id("id"), call.query(pageQuery)));
  return call.json({ items: log.items.map((row) => accessLogViewOf(row, log.clinicSlugs)), next: log.next });
});
