import { checkPaper } from "@/lib/documents/published";
import { checkView } from "@/lib/documents/views";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) =>
  call.json(checkView(call.found(await checkPaper(call.text("code"))))),
);
