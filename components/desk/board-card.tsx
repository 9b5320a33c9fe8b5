"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { CardNote, CardView } from "@/components/desk/board-moves";
import { LineSign } from "@/components/ui/line-sign";
import { TextLink } from "@/components/ui/text-link";

interface BoardCardProps {
  card: CardView;
  href: string;
  note: CardNote | null;
  /** Whether Tab stops here: of all cards one, where the reader was last. */
  isStop: boolean;
  openList: () => void;
}

/** One case on the board: it can be opened, dragged, and sent on through its list. */
export function BoardCard({ card, href, note, isStop, openList }: BoardCardProps) {
  const t = useTranslations("moves");
  const tabIndex = isStop ? 0 : -1;
  return (
    <>
      <article
        draggable
        className={`group relative cursor-grab rounded-md border bg-card p-2 text-sm hover:border-primary focus-within:border-primary active:cursor-grabbing ${card.urgent ? "border-danger border-s-4" : "border-line"}`}
      >
        <h3 className="pe-8 text-sm font-semibold">
          <Link
            href={href}
            prefetch={false}
            draggable={false}
            tabIndex={tabIndex}
            aria-keyshortcuts="M T Shift+ArrowRight Shift+ArrowLeft"
            className="after:absolute after:inset-0 after:rounded-md focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-offset-2 focus-visible:after:outline-primary"
          >
            <bdi>{card.number}</bdi>
          </Link>
        </h3>
        <button
          type="button"
          tabIndex={tabIndex}
          onClick={openList}
          aria-label={t("move", { number: card.number })}
          className="absolute end-1 top-1 z-10 inline-flex size-7 items-center justify-center rounded-md text-ink-soft hover:bg-primary-tint hover:text-primary"
        >
          <LineSign className="rtl:-scale-x-100">
            <path d="M2 8h10M8.5 4.5L12 8l-3.5 3.5M14.5 3v10" />
          </LineSign>
        </button>
        {card.body}
      </article>
      {note === null ? null : <Note note={note} href={href} />}
    </>
  );
}

const REMEDIES: Readonly<Record<string, string>> = {
  no_open_review: "/clinics",
  booking_live: "/booking",
  held_balance: "/booking",
  not_settled: "/bill",
  open_tasks: "",
};

function Note({ note, href }: { note: CardNote; href: string }) {
  const t = useTranslations("moves.remedy");
  const path = REMEDIES[note.reason];
  return (
    <div role="alert" className="mt-1 rounded-md border border-attention/40 bg-attention-tint p-2 text-sm">
      <p>{note.message}</p>
      {path === undefined ? null : (
        <TextLink href={`${href}${path}`}>{t(note.reason as "open_tasks")}</TextLink>
      )}
    </div>
  );
}
