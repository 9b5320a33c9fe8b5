"use client";

import { useState } from "react";
import type { DragEvent } from "react";
import type { CardView, ColumnView } from "@/components/desk/board-moves";
import type { CaseStage } from "@/lib/cases/case";

/** Dragging a card with the mouse: which one is in the hand, over which column, and letting it go. */
export function useBoardDrag(shown: readonly ColumnView[], drop: (card: CardView, stage: CaseStage) => void) {
  const [card, setCard] = useState<CardView | null>(null);
  const [over, setOver] = useState<CaseStage | null>(null);
  const stageAt = (event: DragEvent): CaseStage | null => {
    const name = nameAt(event, "data-stage");
    return shown.find(({ stage }) => stage === name)?.stage ?? null;
  };
  const end = () => {
    setCard(null);
    setOver(null);
  };
  const handlers = {
    onDragStart: (event: DragEvent) => {
      const id = nameAt(event, "data-card");
      const lifted = shown.flatMap(({ cards }) => cards).find((one) => one.id === id);
      if (lifted === undefined) return;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", lifted.number);
      setCard(lifted);
    },
    onDragOver: (event: DragEvent) => {
      const stage = stageAt(event);
      if (card === null || stage === null) return;
      // Every column lets go: one that cannot take the card says why, and the card goes back.
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
      if (stage !== over) setOver(stage);
    },
    onDrop: (event: DragEvent) => {
      const stage = stageAt(event);
      event.preventDefault();
      if (card !== null && stage !== null) drop(card, stage);
      end();
    },
    onDragEnd: end,
  };
  return { card, over, handlers };
}

function nameAt(event: DragEvent, attribute: string): string | null {
  const at = event.target instanceof Element ? event.target.closest(`[${attribute}]`) : null;
  return at?.getAttribute(attribute) ?? null;
}
