"use server";

import type { FormState } from "@/components/ui/form-state";
import { takeBackLink, takeLink } from "@/lib/desk/take-link";
import { requireCoordinator } from "@/lib/infra/session";

export async function createLinkAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  return takeLink(await requireCoordinator(), caseId, form);
}

export async function revokeLinkAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  return takeBackLink(await requireCoordinator(), caseId, form);
}
