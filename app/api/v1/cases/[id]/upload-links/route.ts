import { apiRoute } from "@/lib/infra/api";
import { createLink } from "@/lib/records/create-link";
import { linksOfCase } from "@/lib/records/find-links";
import { createLinkForm } from "@/lib/records/forms";
import { showLink } from "@/lib/records/views/upload-link";

export const GET = apiRoute(async (call) => {
  const maker = call.as("patient", "coordinator");
  const now = new Date();
  const links = call.found(await linksOfCase(maker, call.id("id")));
  return call.json({ items: links.map((link) => showLink(link, now)), next: null });
});

export const POST = apiRoute(
  async (call) => {
    const maker = call.as("patient", "coordinator");
    const caseId = call.id("id");
    const { expiresAt, ...made } = call.value(
      await createLink(maker, caseId, call.body(createLinkForm), new Date()),
    );
    const path = `/api/v1/cases/${caseId}/upload-links`;
    return call.created({ ...made, expiresAt: expiresAt.toISOString() }, path);
  },
  { isSecret: true },
);
