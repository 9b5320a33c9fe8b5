import { apiRoute } from "@/lib/infra/api";
import { clientAddress } from "@/lib/infra/client-address";
import { isDemo } from "@/lib/infra/env";
import { problemOf } from "@/lib/infra/problem";
import { createAccount } from "@/lib/people/create-account";
import { issueApiToken } from "@/lib/people/create-api-token";
import { createAccountForm } from "@/lib/people/forms";

export const POST = apiRoute(
  async (call) => {
    const form = call.body(createAccountForm);
    const made = await createAccount(form, clientAddress(call.request.headers));
    if (!made.ok && made.reason === "too_many") throw problemOf(made);
    // A stranger must not learn who has an account: production always answers "look into your mail".
    if (!made.ok || !isDemo()) return call.json({ status: "check_your_mail" }, 202);
    const { token } = await issueApiToken(made.value.id, "account");
    return call.created({ id: made.value.id, token }, "/api/v1/accounts");
  },
  { isSecret: true },
);
