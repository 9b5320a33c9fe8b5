import { apiRoute } from "@/lib/infra/api";
import { buildPicture } from "@/lib/records/build-picture";
import { pictureHeaders } from "@/lib/records/content";
import { previewForm } from "@/lib/records/forms";

export const GET = apiRoute(async (call) => {
  const viewer = call.as("patient", "coordinator", "clinic_reviewer", "clinic_manager");
  const picture = call.value(await buildPicture(viewer, call.id("id"), call.query(previewForm), new Date()));
  return new Response(new Uint8Array(picture.bytes), { headers: pictureHeaders(picture.mediaType) });
});
