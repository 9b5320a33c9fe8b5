import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ANSWER_BLOCKS, type AnswerBlock as Block } from "@/lib/reviews/answer";
import type { Verdict } from "@/lib/reviews/review";

/** Shown when its verdict is chosen; by style alone, so that it works without JavaScript. */
const SHOWN: Readonly<Record<Verdict, string>> = {
  eligible: "group-has-[input[value=eligible]:checked]/answer:block",
  eligible_with_conditions: "group-has-[input[value=eligible_with_conditions]:checked]/answer:block",
  need_more_data: "group-has-[input[value=need_more_data]:checked]/answer:block",
  not_eligible: "group-has-[input[value=not_eligible]:checked]/answer:block",
  refer_elsewhere: "group-has-[input[value=refer_elsewhere]:checked]/answer:block",
};

/** A browser that cannot look inside a form shows every question; one that can hides what the verdict does not ask. */
const HIDDEN = "supports-[selector(:has(*))]:hidden group-data-[step=check]/answer:hidden!";

/** One question of an answer under its own heading. */
export function AnswerBlock({ id, children }: { id: Block; children: ReactNode }) {
  const t = useTranslations("cabinet.decide");
  const shown = ANSWER_BLOCKS[id].map((verdict) => SHOWN[verdict]).join(" ");
  return (
    <section
      data-block
      id={id}
      aria-labelledby={`${id}-title`}
      className={`border-t border-line pt-gap-m ${HIDDEN} ${shown}`}
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
