"use server";

import { getTranslations } from "next-intl/server";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { refresh } from "next/cache";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { ROLES } from "@/lib/kernel/actor";
import { parseForm } from "@/lib/infra/action-answer";
import { currentIdentity, requireAnyOf, sessionCookieName } from "@/lib/infra/session";
import { issueApiToken } from "@/lib/people/create-api-token";
import { endAllSessions, endSession } from "@/lib/people/end-session";
import { newTokenForm, sessionIdForm, tokenIdForm } from "@/lib/people/forms";
import { revokeApiToken } from "@/lib/people/revoke-api-token";

export async function signOutAction(): Promise<void> {
  const person = await requireAnyOf(...ROLES);
  const sessionId = (await currentIdentity())?.sessionId;
  if (sessionId) await endSession(person, sessionId);
  (await cookies()).delete(sessionCookieName());
  redirect(`/${await actionLocale()}`);
}

export async function endSessionAction(_before: FormState, form: FormData): Promise<FormState> {
  const person = await requireAnyOf(...ROLES);
  const { sessionId } = sessionIdForm.parse(Object.fromEntries(form));
  await endSession(person, sessionId);
  refresh();
  return { status: "done" };
}

export async function endAllSessionsAction(): Promise<void> {
  const person = await requireAnyOf(...ROLES);
  await endAllSessions(person);
  (await cookies()).delete(sessionCookieName());
  redirect(`/${await actionLocale()}/signin`);
}

export async function makeTokenAction(_before: FormState, form: FormData): Promise<FormState> {
  const person = await requireAnyOf(...ROLES);
  const t = await getTranslations({ locale: await actionLocale(), namespace: "account.account" });
  const parsed = parseForm(newTokenForm, form);
  if (!parsed.ok)
    return { status: "refused", message: t("tokenName"), errors: parsed.errors, values: parsed.values };
  const { name, scope } = parsed.value;
  const { token } = await issueApiToken(person.personId, name, scope);
  refresh();
  return { status: "done", message: `${t("tokenMade")} ${token}` };
}

export async function revokeTokenAction(_before: FormState, form: FormData): Promise<FormState> {
  const person = await requireAnyOf(...ROLES);
  const t = await getTranslations({ locale: await actionLocale(), namespace: "account.account" });
  const { tokenId } = tokenIdForm.parse(Object.fromEntries(form));
  await revokeApiToken(person, tokenId, new Date());
  refresh();
  return { status: "done", message: t("revoked") };
}
