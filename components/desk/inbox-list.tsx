import Link from "next/link";
import { useTranslations } from "next-intl";
import { StateTag } from "@/components/ui/tag";
import { ClockArc } from "@/components/ui/clock-arc";
import { distanceTo } from "@/lib/desk/clock";
import type { InboxThread } from "@/lib/desk/queries/inbox";

interface InboxListProps {
  threads: readonly InboxThread[];
  now: Date;
  /** The address of a thread, opened beside the list. */
  hrefOf: (thread: InboxThread) => string;
  current: string | null;
}

/** Threads by when their answer is due; behind them, folded, those in which the other side is to act. */
export function InboxList({ threads, now, hrefOf, current }: InboxListProps) {
  const t = useTranslations("inbox");
  const waiting = threads.filter(({ clock }) => clock.dueAt !== null);
  const resting = threads.filter(({ clock }) => clock.dueAt === null);
  const lines = (some: readonly InboxThread[]) => (
    <ul className="divide-y divide-line border-y border-line">
      {some.map((thread) => (
        <Line key={hrefOf(thread)} thread={thread} now={now} href={hrefOf(thread)} current={current} />
      ))}
    </ul>
  );
  return (
    <div className="space-y-gap-m">
      <section data-waiting aria-labelledby="waiting" className="space-y-gap">
        <h2 id="waiting" className="text-base">
          {t("waiting", { count: waiting.length })}
        </h2>
        {waiting.length === 0 ? <p className="text-ink-soft">{t("none")}</p> : lines(waiting)}
      </section>
      {resting.length === 0 ? null : (
        <details open={resting.some((thread) => hrefOf(thread) === current)}>
          <summary className="link inline-flex min-h-control items-center">
            {t("resting", { count: resting.length })}
          </summary>
          {lines(resting)}
        </details>
      )}
    </div>
  );
}

interface LineProps {
  thread: InboxThread;
  now: Date;
  href: string;
  current: string | null;
}

function Line({ thread, now, href, current }: LineProps) {
  const t = useTranslations("inbox");
  const desk = useTranslations("desk");
  return (
    <li
      data-thread
      className={`relative px-2 py-cell hover:bg-primary-tint ${href === current ? "bg-primary-tint" : ""}`}
    >
      <p className="flex flex-wrap items-center gap-x-2">
        <Link
          href={href}
          prefetch={false}
          aria-current={href === current ? "true" : undefined}
          className="font-semibold after:absolute after:inset-0"
        >
          <bdi>{thread.contactName ?? thread.number}</bdi>
        </Link>
        {thread.urgent ? <StateTag tone="danger">{desk("urgent")}</StateTag> : null}
      </p>
      <p className="text-sm text-ink-soft">
        <bdi>{thread.number}</bdi> · <bdi>{thread.clinic?.name ?? t("patient")}</bdi>
        {thread.ownerId === null ? ` · ${desk("onCall")}` : null}
      </p>
      {thread.words === null ? null : (
        <p dir="auto" className="truncate text-sm">
          {thread.words}
        </p>
      )}
      <ThreadClock thread={thread} now={now} />
    </li>
  );
}

/** How long the answer of a thread may still take, in words; for one that rests, since when. */
export function ThreadClock({ thread, now }: { thread: InboxThread; now: Date }) {
  const t = useTranslations("inbox");
  const due = useTranslations("desk.due");
  const { clock, answeredAt } = thread;
  const distance = (at: Date) => {
    const [away, unit] = distanceTo(at, now);
    return due(unit, { n: Math.abs(away) });
  };
  if (clock.dueAt === null) {
    const label = answeredAt === null ? t("rests") : t("restsSince", { distance: distance(answeredAt) });
    return <ClockArc gone={0} paused label={label} />;
  }
  const isLate = clock.dueAt <= now;
  const left = due(isLate ? "late" : "in", { distance: distance(clock.dueAt) });
  return <ClockArc gone={clock.gone} label={t(clock.kind === "first" ? "first" : "nextClock", { left })} />;
}
