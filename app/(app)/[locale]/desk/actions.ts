"use server";

import { refresh } from "next/cache";
import type { CardAnswer } from "@/components/desk/board-moves";
import { actionLocale } from "@/i18n/action-locale";
import { GIVEN_BACK } from "@/lib/cases/case";
import { changeStage } from "@/lib/cases/change-stage";
import { takeCase } from "@/lib/cases/take-case";
import { moveCardForm, takeCardForm } from "@/lib/desk/forms/cases";
import { refusalWords } from "@/lib/infra/refusal-words";
import { requireCoordinator } from "@/lib/infra/session";
import type { Outcome } from "@/lib/kernel/outcome";

/** A card that was sent to another column of the board. */
export async function moveCardAction(caseId: string, to: string): Promise<CardAnswer> {
  const coordinator = await requireCoordinator();
  const asked = moveCardForm.parse({ caseId, to });
  const step = asked.to === "submitted" ? { to: asked.to, reason: GIVEN_BACK } : { to: asked.to };
  return cardAnswer(await changeStage(coordinator, asked.caseId, step, new Date()));
}

/** A card that was taken where it stands; a new case is in triage by it. */
export async function takeCardAction(caseId: string): Promise<CardAnswer> {
  const coordinator = await requireCoordinator();
  const asked = takeCardForm.parse({ caseId });
  return cardAnswer(await takeCase(coordinator, asked.caseId, new Date()));
}

async function cardAnswer(outcome: Outcome<unknown>): Promise<CardAnswer> {
  // Also after a refusal: a colleague may have been first, and the board shows what is.
  refresh();
  if (outcome.ok) return { ok: true };
  return { ok: false, reason: outcome.reason, message: await refusalWords(await actionLocale(), outcome) };
}
