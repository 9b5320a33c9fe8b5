import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { DueClock } from "@/components/desk/due-clock";
import { StepWords, TreatmentWords } from "@/components/desk/step-words";
import { UnreadMark } from "@/components/messages/unread-mark";
import { StateTag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { formatCountry } from "@/components/ui/format";
import type { BoardCard, BoardColumn } from "@/lib/desk/queries/board";

interface CaseBoardProps {
  columns: readonly BoardColumn[];
  now: Date;
  /** Where the cases live: "/en/desk/cases". */
  base: string;
}

/** The open cases by stage: one column each, scrolled sideways as a whole. */
export function CaseBoard({ columns, now, base }: CaseBoardProps) {
  const t = useTranslations("desk.board");
  const stages = useTranslations("desk.stages");
  return (
    <div className="overflow-x-auto pb-2" role="group" aria-label={t("stages")} tabIndex={0}>
      <div className="flex gap-gap">
        {columns.map((column) => (
          <section key={column.stage} className="w-60 shrink-0 space-y-2 border-t-2 border-edge pt-2">
            <h2 className="flex items-baseline justify-between gap-2 text-base">
              <span>{stages(column.stage)}</span>
              <span className="text-sm font-normal text-ink-soft tabular">{column.count}</span>
            </h2>
            {column.count === 0 ? <p className="text-sm text-ink-soft">{t("empty")}</p> : null}
            <ul className="space-y-2">
              {column.cards.map((card) => (
                <li key={card.id}>
                  <CaseCard card={card} now={now} href={`${base}/${card.id}`} />
                </li>
              ))}
            </ul>
            {column.count > column.cards.length ? (
              <p className="text-sm">
                <TextLink href={`${base}?stage=${column.stage}`}>
                  {t("more", { count: column.count })}
                </TextLink>
              </p>
            ) : null}
          </section>
        ))}
      </div>
    </div>
  );
}

function CaseCard({ card, now, href }: { card: BoardCard; now: Date; href: string }) {
  const t = useTranslations("desk");
  const locale = useLocale();
  return (
    <article
      className={`relative rounded-md border bg-card p-2 text-sm hover:border-primary ${card.urgent ? "border-danger border-s-4" : "border-line"}`}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-2 gap-y-1">
        <h3 className="text-sm font-semibold">
          <Link href={href} prefetch={false} className="after:absolute after:inset-0">
            <bdi>{card.number}</bdi>
          </Link>
        </h3>
        {card.urgent ? <StateTag tone="danger">{t("urgent")}</StateTag> : null}
        <UnreadMark count={card.unread} />
        {card.holdUntil && card.holdUntil > now ? <StateTag>{t("onHold")}</StateTag> : null}
      </div>
      <p className="truncate">
        <TreatmentWords slug={card.treatment} />
      </p>
      <p className="text-ink-soft">
        {card.country ? `${formatCountry(card.country, locale)} · ` : ""}
        {t(`waits.${card.waitingOn}`)}
      </p>
      <p className="text-ink-soft">
        <StepWords code={card.nextAction} />
      </p>
      <DueClock one={card} now={now} />
    </article>
  );
}
