import { mayVisitCase } from "@/lib/cases/open-case";
import { apiRoute } from "@/lib/infra/api";
import { pageQuery } from "@/lib/cases/forms";
import { timelineForActor } from "@/lib/cases/queries";
import { caseEventViewOf } from "@/lib/cases/case-trace";

export const GET = apiRoute(async (call) => {
  const person = call.as("patient", "coordinator", "clinic_reviewer", "clinic_manager");
  call.may(await mayVisitCase(person, call.id("id"), new Date()));
  const page = call.found(await timelineForActor(person, call.id("id"), call.query(pageQuery)));
  return call.json({ ...page, items: page.items.map(caseEventViewOf) });
});
