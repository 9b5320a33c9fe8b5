import { apiRoute } from "@/lib/infra/api";
import { clientAddress } from "@/lib/infra/client-address";
import { createApiToken } from "@/lib/people/create-api-token";
import { createTokenForm } from "@/lib/people/forms";

export const POST = apiRoute(
  async (call) => {
    const form = call.body(createTokenForm);
    const made = call.value(await createApiToken(form, clientAddress(call.request.headers)));
    return call.created(made, "/api/v1/tokens");
  },
  { isSecret: true },
);
