import { staffListForm } from "@/lib/desk/forms/staff";
import { staffFor } from "@/lib/desk/queries/staff";
import { staffView } from "@/lib/desk/views";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const admin = call.as("admin");
  const page = await staffFor(admin, call.query(staffListForm));
  return call.json({ items: page.items.map(staffView), next: page.next });
});
