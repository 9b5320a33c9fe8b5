import type { ReactNode } from "react";
import { StateDrawing } from "@/components/ui/state-drawing";
import type { StateKind } from "@/components/ui/state-drawing";

/** Three sentences everybody is owed when a page is not itself, each under its own small heading. */
export interface StateWords {
  title: string;
  labels: { happened: string; kept: string; todo: string };
  happened: ReactNode;
  kept: ReactNode;
  todo: ReactNode;
}

interface StatePageProps {
  kind: StateKind;
  words: StateWords;
  /** Buttons, the primary one first. */
  acts?: ReactNode;
  /** A small line below: the number under which it was logged. */
  note?: ReactNode;
  /** Read aloud when it appears, for what came in place of a page. */
  live?: boolean;
}

/** A page that is not itself: what happened, what is kept, what to do. */
export function StatePage({ kind, words, acts, note, live = false }: StatePageProps) {
  const { title, labels, happened, kept, todo } = words;
  const told = [
    [labels.happened, happened],
    [labels.kept, kept],
    [labels.todo, todo],
  ] as const;
  return (
    <div
      role={live ? "alert" : undefined}
      data-density="quiet"
      data-state={kind}
      className="mx-auto grid max-w-[52rem] gap-gap-m py-gap-l md:grid-cols-[auto_minmax(0,1fr)] md:gap-gap-l md:py-gap-xl"
    >
      <StateDrawing kind={kind} />
      <div className="space-y-gap-m">
        <h1 className="text-2xl">{title}</h1>
        <dl className="divide-y divide-line border-y border-line">
          {told.map(([label, sentence]) => (
            <div key={label} className="space-y-0.5 py-3">
              <dt className="text-sm font-semibold text-ink-soft">{label}</dt>
              <dd className="max-w-prose">{sentence}</dd>
            </div>
          ))}
        </dl>
        {acts === undefined ? null : <p className="flex flex-wrap gap-3">{acts}</p>}
        {note === undefined ? null : <p className="text-sm text-ink-soft">{note}</p>}
      </div>
    </div>
  );
}
