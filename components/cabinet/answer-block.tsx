import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ANSWER_BLOCKS, type AnswerBlock as Block } from "@/lib/reviews/answer";

/** One question of an answer under its own heading, shown for the verdicts that ask it. */
export function AnswerBlock({ id, children }: { id: Block; children: ReactNode }) {
  const t = useTranslations("cabinet.decide");
  return (
    <section
      data-block
      data-verdicts={ANSWER_BLOCKS[id].join(" ")}
      id={id}
      aria-labelledby={`${id}-title`}
      className="border-t border-line pt-gap-m"
    >
      <h2 id={`${id}-title`} tabIndex={-1} className="text-lg">
        {t(`blocks.${id}`)}
      </h2>
      {t.has(`leads.${id as "risks"}`) ? (
        <p className="field-hint mt-1 max-w-prose">{t(`leads.${id as "risks"}`)}</p>
      ) : null}
      <div className="mt-gap-m space-y-gap-m">{children}</div>
    </section>
  );
}
