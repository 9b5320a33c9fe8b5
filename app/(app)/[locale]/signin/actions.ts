"use server";

import { getTranslations } from "next-intl/server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { parseForm, refuseUnfit, typedValues } from "@/lib/infra/action-answer";
import {
  clearPendingCookie,
  pendingToken,
  setPendingCookie,
  setSessionCookie,
} from "@/lib/infra/auth-cookies";
import { clientAddress } from "@/lib/infra/client-address";
import { isDemo } from "@/lib/infra/env";
import { refusalWords } from "@/lib/infra/refusal-words";
import { refuseForeignPost } from "@/lib/infra/session";
import { refused } from "@/lib/kernel/outcome";
import { createAccount } from "@/lib/people/create-account";
import { finishSignIn } from "@/lib/people/finish-sign-in";
import {
  createAccountForm,
  secondStepForm,
  type SignInForm,
  signInForm,
  signInLinkForm,
} from "@/lib/people/forms";
import { homeOf, safeNext } from "@/lib/people/person";
import { sendSignInLink } from "@/lib/people/send-sign-in-link";
import { signIn } from "@/lib/people/sign-in";

async function enter(form: SignInForm): Promise<ReturnType<typeof signIn>> {
  const sent = await headers();
  const outcome = await signIn(form, { address: clientAddress(sent), userAgent: sent.get("user-agent") });
  if (!outcome.ok) return outcome;
  const { value } = outcome;
  if (value.state === "open") await setSessionCookie(value.token, value.endsLatestAt);
  else await setPendingCookie(value.token, value.heldUntil);
  return outcome;
}

export async function signInAction(_before: FormState, form: FormData): Promise<FormState> {
  await refuseForeignPost();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "account.signIn" });
  const parsed = await parseForm(signInForm, form);
  const values = typedValues(form);
  if (!parsed.ok) return refuseUnfit(parsed);
  const outcome = await enter(parsed.value);
  if (!outcome.ok) {
    const minutes = Math.ceil(Number(outcome.detail.retryAfter ?? 60) / 60);
    return {
      status: "refused",
      message: outcome.reason === "too_many" ? t("wait", { minutes }) : t("wrong"),
      values,
    };
  }
  if (outcome.value.state === "held") redirect(`/${locale}/signin/second`);
  redirect(safeNext(parsed.value.next, homeOf(outcome.value.person.roles, locale)));
}

/** The second step by a code of the app or a recovery code. */
export async function secondStepAction(_before: FormState, form: FormData): Promise<FormState> {
  await refuseForeignPost();
  const locale = await actionLocale();
  const token = await pendingToken();
  const parsed = await parseForm(secondStepForm, form);
  if (!parsed.ok) return refuseUnfit({ ...parsed, values: {} });
  const userAgent = (await headers()).get("user-agent");
  const finished = token
    ? await finishSignIn(token, parsed.value.code, userAgent, new Date())
    : refused("sign_in_over");
  if (!finished.ok) return { status: "refused", message: await refusalWords(locale, finished) };
  const { value } = finished;
  await clearPendingCookie();
  await setSessionCookie(value.token, value.endsLatestAt);
  redirect(safeNext(value.next, homeOf(value.roles, locale)));
}

export async function sendLinkAction(_before: FormState, form: FormData): Promise<FormState> {
  await refuseForeignPost();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "account.signIn" });
  const parsed = await parseForm(signInLinkForm, form);
  if (!parsed.ok) return refuseUnfit(parsed);
  await sendSignInLink(parsed.value.email, parsed.value.next ?? null);
  return { status: "done", message: t("linkSent") };
}

export async function createAccountAction(_before: FormState, form: FormData): Promise<FormState> {
  await refuseForeignPost();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "account.create" });
  const parsed = await parseForm(createAccountForm, form);
  if (!parsed.ok) return refuseUnfit(parsed);
  const made = await createAccount({ ...parsed.value, locale }, clientAddress(await headers()));
  if (!made.ok && made.reason === "too_many")
    return { status: "refused", message: await refusalWords(locale, made), values: typedValues(form) };
  // Known or new, in production the mail tells; in the demo a new account is entered at once.
  if (!made.ok || !isDemo()) return { status: "done", message: t("sent") };
  await enter({ email: parsed.value.email, password: parsed.value.password });
  const next = form.get("next");
  redirect(safeNext(typeof next === "string" ? next : null, `/${locale}/my`));
}
