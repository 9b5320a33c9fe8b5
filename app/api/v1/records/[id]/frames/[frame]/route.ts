import { apiRoute } from "@/lib/infra/api";
import { Problem } from "@/lib/infra/problem";
import { buildPicture } from "@/lib/records/build-picture";
import { pictureHeaders } from "@/lib/records/content";

export const GET = apiRoute(async (call) => {
  const viewer = call.as("patient", "coordinator", "clinic_reviewer", "clinic_manager");
  const [, frame] = /^([1-9]\d{0,5})(?:\.png)?$/.exec(call.text("frame")) ?? [];
  if (!frame) throw new Problem(404, "not_found");
  const wanted = { frame: Number(frame) };
  const picture = call.value(await buildPicture(viewer, call.id("id"), wanted, new Date()));
  return new Response(new Uint8Array(picture.bytes), { headers: pictureHeaders(picture.mediaType) });
});
