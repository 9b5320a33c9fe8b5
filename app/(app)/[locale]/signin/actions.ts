"use server";

import { getTranslations } from "next-intl/server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { parseForm, typedValues } from "@/lib/infra/action-answer";
import { clientAddress } from "@/lib/infra/client-address";
import { isDemo } from "@/lib/infra/env";
import { refusalWords } from "@/lib/infra/refusal-words";
import { refuseForeignPost, setSessionCookie } from "@/lib/infra/session";
import { createAccount } from "@/lib/people/create-account";
import { createAccountForm, signInForm, signInLinkForm } from "@/lib/people/forms";
import { homeOf, safeNext } from "@/lib/people/person";
import { sendSignInLink } from "@/lib/people/send-sign-in-link";
import { signIn } from "@/lib/people/sign-in";

async function enter(email: string, password: string): Promise<ReturnType<typeof signIn>> {
  const sent = await headers();
  const outcome = await signIn(
    { email, password },
    { address: clientAddress(sent), userAgent: sent.get("user-agent") },
  );
  if (outcome.ok) await setSessionCookie(outcome.value.token, outcome.value.endsLatestAt);
  return outcome;
}

export async function signInAction(_before: FormState, form: FormData): Promise<FormState> {
  await refuseForeignPost();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "account.signIn" });
  const parsed = await parseForm(signInForm, form);
  const values = typedValues(form);
  if (!parsed.ok) return { status: "refused", message: t("wrong"), errors: parsed.errors, values };
  const outcome = await enter(parsed.value.email, parsed.value.password);
  if (!outcome.ok) {
    const minutes = Math.ceil(Number(outcome.detail.retryAfter ?? 60) / 60);
    return {
      status: "refused",
      message: outcome.reason === "too_many" ? t("wait", { minutes }) : t("wrong"),
      values,
    };
  }
  redirect(safeNext(parsed.value.next, homeOf(outcome.value.person.roles, locale)));
}

export async function sendLinkAction(_before: FormState, form: FormData): Promise<FormState> {
  await refuseForeignPost();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "account.signIn" });
  const parsed = await parseForm(signInLinkForm, form);
  if (!parsed.ok)
    return {
      status: "refused",
      message: Object.values(parsed.errors)[0] ?? "",
      errors: parsed.errors,
      values: parsed.values,
    };
  await sendSignInLink(parsed.value.email, parsed.value.next ?? null);
  return { status: "done", message: t("linkSent") };
}

export async function createAccountAction(_before: FormState, form: FormData): Promise<FormState> {
  await refuseForeignPost();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "account.create" });
  const parsed = await parseForm(createAccountForm, form);
  if (!parsed.ok)
    return { status: "refused", message: t("lead"), errors: parsed.errors, values: parsed.values };
  const made = await createAccount({ ...parsed.value, locale }, clientAddress(await headers()));
  if (!made.ok && made.reason === "too_many")
    return { status: "refused", message: await refusalWords(locale, made), values: typedValues(form) };
  // Known or new, in production the mail tells; in the demo a new account is entered at once.
  if (!made.ok || !isDemo()) return { status: "done", message: t("sent") };
  await enter(parsed.value.email, parsed.value.password);
  const next = form.get("next");
  redirect(safeNext(typeof next === "string" ? next : null, `/${locale}/my`));
}
