import { apiRoute } from "@/lib/infra/api";
import { acceptInvitation } from "@/lib/cases/accept-invitation";
import { acceptInvitationForm } from "@/lib/cases/forms";

export const POST = apiRoute(async (call) => {
  const person = call.as("patient");
  const { token } = call.body(acceptInvitationForm);
  return call.json(call.value(await acceptInvitation(person, token, new Date())));
});
