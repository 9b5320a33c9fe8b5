"use server";

import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { acceptInvitation } from "@/lib/cases/accept-invitation";
import { acceptInvitationForm } from "@/lib/cases/forms";
import { requirePatient } from "@/lib/infra/session";

export async function acceptInvitationAction(_before: FormState, form: FormData): Promise<FormState> {
  const person = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "companions.invitation" });
  const parsed = acceptInvitationForm.safeParse(Object.fromEntries(form));
  const outcome = parsed.success ? await acceptInvitation(person, parsed.data.token, new Date()) : null;
  if (!outcome?.ok) return { status: "refused", message: t("gone") };
  redirect(`/${locale}/my/cases/${outcome.value.caseId}`);
}
