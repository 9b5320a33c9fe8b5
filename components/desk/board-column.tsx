"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ColumnView } from "@/components/desk/board-moves";
import { TextLink } from "@/components/ui/text-link";

interface BoardColumnProps {
  column: ColumnView;
  title: string;
  /** The table of all cases in this stage. */
  more: string;
  /** While a card is being dragged: what letting go here does, or why nothing. */
  landing: Landing | null;
  children: ReactNode;
}

export type Landing = { isOver: boolean } | { why: string };

/** One stage: its cards, and a place to let one go. */
export function BoardColumn({ column, title, more, landing, children }: BoardColumnProps) {
  const t = useTranslations("moves");
  const isOver = landing !== null && "isOver" in landing && landing.isOver;
  const takes = landing !== null && "isOver" in landing;
  return (
    <section
      aria-label={title}
      data-stage={column.stage}
      className={`shrink-0 space-y-2 ${column.count === 0 ? "w-40" : "w-60"} ${isOver ? "bg-primary-tint" : ""}`}
    >
      <h2
        className={`sticky top-0 z-20 flex items-baseline justify-between gap-2 border-t-2 bg-paper pt-2 pb-1 text-base ${takes ? "border-primary" : "border-edge"}`}
      >
        <span>{title}</span>
        <span className="text-sm font-normal text-ink-soft tabular">{column.count}</span>
      </h2>
      {landing === null ? null : (
        <p
          className={`rounded-md border border-dashed p-2 text-sm ${takes ? "border-primary font-semibold text-primary" : "border-line text-ink-soft"}`}
        >
          {"why" in landing ? landing.why : t("dropHere")}
        </p>
      )}
      {column.count === 0 && landing === null ? <p className="text-sm text-ink-soft">{t("empty")}</p> : null}
      <ul className="space-y-2">{children}</ul>
      {column.count > column.cards.length ? (
        <p className="text-sm">
          <TextLink href={more}>{t("more", { count: column.count })}</TextLink>
        </p>
      ) : null}
    </section>
  );
}
