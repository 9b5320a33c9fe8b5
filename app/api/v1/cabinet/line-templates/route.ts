import { lineTemplateForm } from "@/lib/estimates/forms";
import { lineTemplateNow } from "@/lib/estimates/read-line-templates";
import { saveLineTemplate } from "@/lib/estimates/save-line-template";
import { lineTemplateView } from "@/lib/estimates/template-view";
import { apiRoute } from "@/lib/infra/api";

export const POST = apiRoute(async (call) => {
  const manager = call.as("clinic_manager");
  const form = call.body(lineTemplateForm);
  const { id } = call.value(await saveLineTemplate(manager, form, new Date()));
  const { template, clinic } = call.found(await lineTemplateNow(manager, id));
  const { treatment } = form;
  const place = `/api/v1/clinics/${clinic}/line-templates?treatment=${treatment}`;
  return call.created(lineTemplateView(template, { clinic, treatment }), place);
});
