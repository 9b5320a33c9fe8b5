"use server";

import { getTranslations } from "next-intl/server";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { refresh } from "next/cache";
import { LEFT_COOKIE, LEFT_SECONDS } from "@/components/shell/left-cookie";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { refused } from "@/lib/kernel/outcome";
import { parseForm, refuseUnfit, typedValues } from "@/lib/infra/action-answer";
import { isSecure, sessionCookieName } from "@/lib/infra/auth-cookies";
import { clientAddress } from "@/lib/infra/client-address";
import { refusalCode, refusalWords } from "@/lib/infra/refusal-words";
import { currentOwner, refuseForeignPost, requireOwner } from "@/lib/infra/session";
import { changePassword } from "@/lib/people/change-password";
import { issueOwnToken } from "@/lib/people/create-api-token";
import { editAccount } from "@/lib/people/edit-account";
import { endOtherSessions, endSession } from "@/lib/people/end-session";
import {
  changePasswordForm,
  editAccountForm,
  newTokenForm,
  ownLinkForm,
  sessionIdForm,
  tokenIdForm,
} from "@/lib/people/forms";
import { revokeApiToken } from "@/lib/people/revoke-api-token";
import { sendSignInLink } from "@/lib/people/send-sign-in-link";

export async function signOutAction(): Promise<void> {
  await refuseForeignPost();
  const here = await currentOwner();
  if (here?.identity.sessionId) await endSession(here.owner, here.identity.sessionId);
  const jar = await cookies();
  jar.delete(sessionCookieName());
  // A form sent before its scripts came took nothing along: the next page forgets what is kept in this browser.
  jar.set(LEFT_COOKIE, "1", { path: "/", sameSite: "lax", secure: isSecure(), maxAge: LEFT_SECONDS });
  redirect(`/${await actionLocale()}`);
}

export async function endSessionAction(_before: FormState, form: FormData): Promise<FormState> {
  const { owner: person } = await requireOwner();
  const { sessionId } = sessionIdForm.parse(Object.fromEntries(form));
  await endSession(person, sessionId);
  refresh();
  return { status: "done" };
}

export async function endOtherSessionsAction(_before: FormState): Promise<FormState> {
  const { owner, identity } = await requireOwner();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "account.account" });
  const count = identity.sessionId ? await endOtherSessions(owner, identity.sessionId, new Date()) : 0;
  refresh();
  return { status: "done", message: t("endedOthers", { count }) };
}

export async function editAccountAction(_before: FormState, form: FormData): Promise<FormState> {
  const { owner: person } = await requireOwner();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "account.account" });
  const parsed = await parseForm(editAccountForm, form);
  if (!parsed.ok) return refuseUnfit(parsed);
  await editAccount(person, parsed.value);
  // The pages go on in the language that was chosen.
  if (parsed.value.locale !== (await actionLocale())) redirect(`/${parsed.value.locale}/account`);
  refresh();
  return { status: "done", message: t("saved") };
}

export async function changePasswordAction(_before: FormState, form: FormData): Promise<FormState> {
  const { owner: person, identity } = await requireOwner();
  const { sessionId } = identity;
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "account.account" });
  const parsed = await parseForm(changePasswordForm, form);
  if (!parsed.ok) return refuseUnfit(parsed);
  if (!sessionId) return { status: "refused", message: t("check"), values: {} };
  const address = clientAddress(await headers());
  const changed = await changePassword(person, parsed.value, { address, sessionId }, new Date());
  if (changed.ok) {
    refresh();
    return { status: "done", message: t("passwordChanged") };
  }
  if (changed.reason === "wrong_password")
    return { status: "refused", message: t("check"), errors: { oldPassword: t("oldWrong") }, values: {} };
  const code = refusalCode(changed);
  // The five minutes after a link are over: the page offers another in place of the form.
  if (code !== changed.reason) refresh();
  return { status: "refused", code, message: await refusalWords(locale, changed), values: {} };
}

/** Mails a link to whoever sits here and has no password; the one who reads that mailbox comes back by it. */
export async function mailOwnLinkAction(_before: FormState, form: FormData): Promise<FormState> {
  const { owner } = await requireOwner();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "secondFactor.byLink" });
  const { page } = ownLinkForm.parse(Object.fromEntries(form));
  const sent = await sendSignInLink(owner.email, `/${locale}/${page}`);
  if (sent.ok) return { status: "done", message: t("sent") };
  return { status: "refused", message: await refusalWords(locale, sent) };
}

export async function makeTokenAction(_before: FormState, form: FormData): Promise<FormState> {
  const { owner: person, identity } = await requireOwner();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "account.account" });
  const values = typedValues(form);
  const parsed = await parseForm(newTokenForm, form);
  if (!parsed.ok) return refuseUnfit(parsed);
  const from = { sessionId: identity.sessionId ?? "", address: clientAddress(await headers()) };
  const made = identity.sessionId
    ? await issueOwnToken(person, parsed.value, from, new Date())
    : refused("unauthorized");
  if (!made.ok) {
    const message = await refusalWords(locale, made);
    const errors: Record<string, string> =
      made.reason === "wrong_password" ? { password: t("oldWrong") } : {};
    return { status: "refused", code: refusalCode(made), message, errors, values };
  }
  refresh();
  return { status: "done", message: `${t("tokenMade")} ${made.value.token}` };
}

export async function revokeTokenAction(_before: FormState, form: FormData): Promise<FormState> {
  const { owner: person } = await requireOwner();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "account.account" });
  const { tokenId } = tokenIdForm.parse(Object.fromEntries(form));
  await revokeApiToken(person, tokenId, new Date());
  refresh();
  return { status: "done", message: t("revoked") };
}
