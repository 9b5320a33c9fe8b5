import { lineTemplatesForm } from "@/lib/estimates/forms";
import { lineTemplatesOfClinic } from "@/lib/estimates/read-line-templates";
import { lineTemplateView } from "@/lib/estimates/template-view";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const actor = call.as("coordinator", "clinic_manager");
  const { treatment } = call.query(lineTemplatesForm);
  const clinic = call.text("slug");
  const found = call.found(await lineTemplatesOfClinic(actor, clinic, treatment));
  return call.json({ items: found.map((one) => lineTemplateView(one, { clinic, treatment })), next: null });
});
