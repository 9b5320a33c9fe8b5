"use server";

import { getTranslations } from "next-intl/server";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { draftForHolder } from "@/lib/cases/queries";
import { draftCookie, draftHolder, OWN_DRAFT_COOKIE, refuseForeignPost } from "@/lib/infra/session";

/** Opens the draft of a mailed link in this browser. The link comes as its token alone, or whole as it was pasted. */
export async function resumeDraftAction(_before: FormState, form: FormData): Promise<FormState> {
  await refuseForeignPost();
  const locale = await actionLocale();
  const sent = form.get("token");
  const token = typeof sent === "string" ? sent.trim().replace(/^.*#token=/, "") : "";
  const draft = token === "" ? null : await draftForHolder(draftHolder(token));
  if (!draft || draft.stage !== "draft") {
    const t = await getTranslations({ locale, namespace: "intake.resume" });
    return { status: "refused", message: t("dead") };
  }
  const jar = await cookies();
  jar.set(draftCookie(token));
  jar.delete(OWN_DRAFT_COOKIE);
  return redirect(`/${locale}/start`);
}
