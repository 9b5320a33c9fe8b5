import { apiRoute } from "@/lib/infra/api";
import { consentTextsQuery } from "@/lib/cases/forms";
import { consentTexts } from "@/lib/cases/published";

export const GET = apiRoute(async (call) => {
  return call.json({ items: await consentTexts(call.query(consentTextsQuery)), next: null });
});
