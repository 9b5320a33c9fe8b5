import { useFormatter, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { DrawnResult } from "./drawn-result";
import { StateTag } from "@/components/ui/tag";
import { type Evidence, isDrawn, type UnreadFact } from "@/lib/guides/evidence";

/** What studies found, good and bad in the same size, each with its number of people, time and source. */
export function EvidenceCards({ cards }: { cards: readonly Evidence[] }) {
  const t = useTranslations("guides");
  if (cards.length === 0) return <p>{t("label.noEvidence")}</p>;
  return (
    <ul className="grid gap-gap md:grid-cols-2">
      {cards.map((card) => (
        <Card key={card.id} as="li">
          <h3 className="text-lg">{card.study}</h3>
          {card.sobering ? <StateTag tone="attention">{t("label.sobering")}</StateTag> : null}
          <p>{t(`evidence.${card.id}`)}</p>
          {isDrawn(card.id) ? <DrawnResult id={card.id} /> : null}
          <p className="text-sm text-ink-soft">
            <People n={card.n} />
            {card.followUpMonths === null ? null : (
              <>
                {", "}
                <FollowUp months={card.followUpMonths} />
              </>
            )}
            . {card.source} ({card.year}).
            {card.paper === null ? null : (
              <>
                {" "}
                <a className="link" href={card.paper.url} rel="noreferrer">
                  {t("label.paper", { name: card.paper.name })}
                </a>
              </>
            )}
          </p>
          <Unread facts={card.unread} />
        </Card>
      ))}
    </ul>
  );
}

/** What still has to be compared with the study, said on the card itself. */
function Unread({ facts }: { facts: readonly UnreadFact[] }) {
  const t = useTranslations("guides.label");
  const format = useFormatter();
  if (facts.length === 0) return null;
  return (
    <p className="text-sm">
      <StateTag tone="attention">{t("toConfirm")}</StateTag>{" "}
      {format.list(facts.map((fact) => t(`unread.${fact}`)))}
    </p>
  );
}

function People({ n }: { n: number | null }) {
  const t = useTranslations("guides.label");
  return n === null ? t("peopleUnknown") : t("people", { n });
}

function FollowUp({ months }: { months: number }) {
  const t = useTranslations("guides.label");
  return months >= 24 && months % 12 === 0
    ? t("followedYears", { years: months / 12 })
    : t("followed", { months });
}
