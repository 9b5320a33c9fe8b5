"use client";

import { useTranslations } from "next-intl";
import { startTransition, useOptimistic, useState } from "react";
import type { ReactNode } from "react";
import { whatHinders } from "@/components/ui/send-guard";
import type { CaseStage } from "@/lib/cases/case";
import { isReversible } from "@/lib/desk/board-move";

export interface CardView {
  id: string;
  number: string;
  stage: CaseStage;
  urgent: boolean;
  ownerId: string | null;
  ownerName: string | null;
  /** What stands under the number. */
  body: ReactNode;
}

export interface ColumnView {
  stage: CaseStage;
  count: number;
  cards: readonly CardView[];
}

export type CardAnswer = { ok: true } | { ok: false; reason: string; message: string };

export interface BoardActions {
  /** Moves a case along a step that is set by hand. */
  move: (caseId: string, to: string) => Promise<CardAnswer>;
  /** Makes the one who asks its owner; a new case is in triage by it. */
  take: (caseId: string) => Promise<CardAnswer>;
}

export interface Wish {
  card: CardView;
  act: "take" | "move";
  to: CaseStage;
}

/** Words beside a card about a step that was not taken. */
export interface CardNote {
  cardId: string;
  message: string;
  reason: string;
}

interface Deed {
  message: string;
  undo: Wish | null;
}

function placed(columns: readonly ColumnView[], { card, to }: Wish): readonly ColumnView[] {
  if (card.stage === to) return columns;
  return columns.map((column) => {
    if (column.stage === card.stage)
      return { ...column, count: column.count - 1, cards: column.cards.filter(({ id }) => id !== card.id) };
    if (column.stage !== to) return column;
    return { ...column, count: column.count + 1, cards: [{ ...card, stage: to }, ...column.cards] };
  });
}

/** The board while cards are on their way: a card stands where it was sent at once, and goes back when it was refused. */
export function useBoardMoves(
  columns: readonly ColumnView[],
  actions: BoardActions,
  stageNames: Readonly<Record<CaseStage, string>>,
) {
  const t = useTranslations("moves");
  const [shown, place] = useOptimistic(columns, placed);
  const [deed, setDeed] = useState<Deed | null>(null);
  const [note, setNote] = useState<CardNote | null>(null);

  const ask = async ({ card, act, to }: Wish): Promise<CardAnswer> => {
    const hindrance = await whatHinders();
    if (hindrance !== null) return { ok: false, reason: hindrance, message: t(hindrance) };
    return act === "take" ? actions.take(card.id) : actions.move(card.id, to);
  };

  const send = (wish: Wish, isUndo = false) => {
    const { card, to } = wish;
    setNote(null);
    setDeed(null);
    startTransition(async () => {
      place(wish);
      const answer = await ask(wish);
      startTransition(() => {
        if (!answer.ok) {
          setNote({ cardId: card.id, message: answer.message, reason: answer.reason });
          return;
        }
        const told = card.stage === to ? "taken" : isUndo ? "undone" : "moved";
        const undo = card.stage !== to && !isUndo && isReversible(card.stage, to);
        setDeed({
          message: t(told, { number: card.number, stage: stageNames[to] }),
          undo: undo ? { card: { ...card, stage: to }, act: "move", to: card.stage } : null,
        });
      });
    });
  };

  const undo = () => {
    if (deed?.undo) send(deed.undo, true);
  };
  return { shown, deed, note, send, undo, setNote, forget: () => setDeed(null) };
}
