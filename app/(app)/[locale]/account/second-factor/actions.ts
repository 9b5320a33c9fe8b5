"use server";

import { getTranslations } from "next-intl/server";
import { refresh } from "next/cache";
import { headers } from "next/headers";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import type { Refused } from "@/lib/kernel/outcome";
import { parseForm, refuseUnfit, typedValues } from "@/lib/infra/action-answer";
import { clientAddress } from "@/lib/infra/client-address";
import { refusalCode, refusalWords } from "@/lib/infra/refusal-words";
import { requireOwner } from "@/lib/infra/session";
import { changeRecoveryCodes } from "@/lib/people/change-recovery-codes";
import { confirmAuthenticator } from "@/lib/people/confirm-authenticator";
import { editPasskey } from "@/lib/people/edit-passkey";
import { confirmAuthenticatorForm, editPasskeyForm, passkeyIdForm } from "@/lib/people/forms";
import { countRecoveryCodes } from "@/lib/people/queries";
import { removeAuthenticator } from "@/lib/people/remove-authenticator";
import { removePasskey } from "@/lib/people/remove-passkey";
import { startAuthenticator } from "@/lib/people/start-authenticator";

export async function startAuthenticatorAction(_before: FormState): Promise<FormState> {
  const { owner } = await requireOwner();
  const started = await startAuthenticator(owner, new Date());
  refresh();
  return started.ok ? { status: "done" } : refuse(started);
}

export async function confirmAuthenticatorAction(_before: FormState, form: FormData): Promise<FormState> {
  const { owner, sessionId } = await here();
  const parsed = await parseForm(confirmAuthenticatorForm, form);
  if (!parsed.ok) return refuseUnfit({ ...parsed, values: {} });
  const from = { sessionId, address: clientAddress(await headers()) };
  const confirmed = await confirmAuthenticator(owner, parsed.value, from, new Date());
  if (!confirmed.ok) return refuse(confirmed);
  if (confirmed.value.codes.length > 0) return { status: "done", codes: confirmed.value.codes };
  refresh();
  return { status: "done" };
}

export async function removeAuthenticatorAction(_before: FormState): Promise<FormState> {
  const { owner, sessionId } = await here();
  const removed = await removeAuthenticator(owner, sessionId, new Date());
  if (!removed.ok) return refuse(removed);
  refresh();
  return { status: "done" };
}

export async function changeCodesAction(_before: FormState, form: FormData): Promise<FormState> {
  const { owner, sessionId } = await here();
  if (form.get("sure") !== "on" && (await countRecoveryCodes(owner)) > 0) {
    const t = await getTranslations({ locale: await actionLocale(), namespace: "secondFactor.codes" });
    return { status: "refused", message: t("againSureFirst"), errors: { sure: t("againSureFirst") } };
  }
  const changed = await changeRecoveryCodes(owner, sessionId, new Date());
  if (changed.ok) return { status: "done", codes: changed.value.codes };
  // What was agreed to stays agreed to while the second step is asked for.
  return { ...(await refuse(changed)), values: typedValues(form) };
}

export async function renamePasskeyAction(_before: FormState, form: FormData): Promise<FormState> {
  const { owner } = await requireOwner();
  const parsed = await parseForm(editPasskeyForm, form);
  if (!parsed.ok) return refuseUnfit(parsed);
  const renamed = await editPasskey(owner, parsed.value);
  refresh();
  return renamed.ok ? { status: "done" } : refuse(renamed);
}

export async function removePasskeyAction(_before: FormState, form: FormData): Promise<FormState> {
  const { owner, sessionId } = await here();
  const { passkeyId } = passkeyIdForm.parse(Object.fromEntries(form));
  const removed = await removePasskey(owner, passkeyId, sessionId, new Date());
  if (!removed.ok) return refuse(removed);
  refresh();
  return { status: "done" };
}

/** The owner at this browser; a bearer token has no browser and no business here. */
async function here() {
  const { owner, identity } = await requireOwner();
  if (identity.sessionId === null) throw new Error("An action was called without a browser session.");
  return { owner, sessionId: identity.sessionId };
}

async function refuse(refusal: Refused): Promise<Extract<FormState, { status: "refused" }>> {
  const message = await refusalWords(await actionLocale(), refusal);
  const { path } = refusal.detail;
  const code = refusalCode(refusal);
  // Its five minutes are over: the page offers another link in place of the form.
  if (code !== refusal.reason) refresh();
  return {
    status: "refused",
    code,
    message,
    ...(typeof path === "string" ? { errors: { [path]: message } } : {}),
  };
}
