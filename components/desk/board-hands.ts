"use client";

import { useLayoutEffect, useRef, useState } from "react";
import type { FocusEvent, KeyboardEvent } from "react";
import type { CardView, ColumnView, Wish } from "@/components/desk/board-moves";
import { type BoardStep, boardStepOf, cardAfter, cardBeside } from "@/components/desk/board-steps";
import { keyOf } from "@/components/ui/keys";
import type { CaseStage } from "@/lib/cases/case";
import { type Target, targetsOf } from "@/lib/desk/board-move";

interface Hands {
  shown: readonly ColumnView[];
  meId: string;
  send: (wish: Wish) => void;
  /** Says beside a card why it stays. */
  refuse: (card: CardView, target: Target) => void;
}

/** What keys and the hand do on the board. When a case goes on, the reader stays: the focus is on the next one. */
export function useBoardHands({ shown, meId, send, refuse }: Hands) {
  const board = useRef<HTMLDivElement>(null);
  const wished = useRef<string | null>(null);
  const [lastId, setLastId] = useState<string | null>(null);
  const [listed, setListed] = useState<CardView | null>(null);
  const cards = shown.flatMap((column) => column.cards);
  const ids = shown.map((column) => column.cards.map(({ id }) => id));
  const stopId = cards.some(({ id }) => id === lastId) ? lastId : (cards[0]?.id ?? null);

  // A card that moved is drawn anew elsewhere; the focus was in it and would be lost.
  useLayoutEffect(() => {
    if (wished.current !== null && focusCard(board.current, wished.current)) wished.current = null;
  });

  const dispatch = (card: CardView, act: "take" | "move", to: CaseStage) => {
    wished.current = card.stage === to ? card.id : (cardAfter(ids, card.id) ?? card.id);
    send({ card, act, to });
  };
  const attempt = (card: CardView, target: Target | undefined) => {
    if (target === undefined || target.hindrance === "here") return;
    if (target.act === null) refuse(card, target);
    else dispatch(card, target.act, target.stage);
  };
  const shift = (card: CardView, step: BoardStep) => {
    const targets = targetsOf(card, meId);
    const at = targets.findIndex(({ stage }) => stage === card.stage);
    attempt(card, targets[at + (step === "forward" ? 1 : -1)]);
  };
  const take = (card: CardView) => {
    if (card.stage === "submitted") dispatch(card, "take", "triage");
    else if (card.ownerId !== meId) dispatch(card, "take", card.stage);
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const card = cards.find(({ id }) => id === cardIdOf(event.target));
    if (card === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const key = keyOf(event.nativeEvent);
    const step = boardStepOf(key, getComputedStyle(event.currentTarget).direction === "rtl");
    if (event.shiftKey && (step === "forward" || step === "back")) shift(card, step);
    else if (key === "m") setListed(card);
    else if (key === "t") take(card);
    else if (step !== null) focusCard(board.current, cardBeside(ids, card.id, step));
    else return;
    event.preventDefault();
  };
  return {
    board,
    stopId,
    listed,
    setListed,
    dispatch,
    attempt,
    press,
    enter: () => (stopId === null ? false : focusCard(board.current, stopId)),
    noteStop: (event: FocusEvent) => setLastId(cardIdOf(event.target) ?? lastId),
  };
}

function cardIdOf(at: EventTarget): string | null {
  return (at instanceof Element && at.closest("[data-card]")?.getAttribute("data-card")) || null;
}

function focusCard(board: HTMLElement | null, id: string): boolean {
  const link = board?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"] a`);
  link?.focus();
  return link !== null && link !== undefined;
}
