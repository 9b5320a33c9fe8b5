import { useTranslations } from "next-intl";
import { UnreadMark } from "@/components/messages/unread-mark";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoment } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import type { CaseLineView } from "@/lib/cases/views";

interface CaseListProps {
  /** With the number of messages the reader has not read. */
  cases: readonly (CaseLineView & { unread: number })[];
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
}

/** A patient's cases as cards: where each stands and what comes next. */
export function CaseList({ cases, locale, zone }: CaseListProps) {
  const t = useTranslations("my.list");
  const stages = useTranslations("stages");
  const actions = useTranslations("actions");
  const treatments = useTranslations("treatments");
  if (cases.length === 0) {
    return (
      <EmptyState
        title={t("empty")}
        act={
          <LinkButton look="primary" href={`/${locale}/start`}>
            {t("start")}
          </LinkButton>
        }
      >
        {t("emptyLead")}
      </EmptyState>
    );
  }
  return (
    <ul className="space-y-gap-m">
      {cases.map((item) => {
        const action =
          item.nextAction && actions.has(item.nextAction as "other") ? (item.nextAction as "other") : "other";
        return (
          <li key={item.id}>
            <Card>
              <div className="flex flex-col items-start gap-gap sm:flex-row sm:justify-between">
                <div className="min-w-0 space-y-1">
                  <h2 className="text-lg">
                    {treatments((item.treatment ?? "not-sure") as "not-sure")}{" "}
                    <bdi className="text-sm whitespace-nowrap text-ink-soft">{item.number}</bdi>
                  </h2>
                  {item.contact.name ? (
                    <p>
                      <bdi>{item.contact.name}</bdi>
                    </p>
                  ) : null}
                  <p className="flex flex-wrap gap-2">
                    <StateTag tone="info">{stages(item.stage)}</StateTag>
                    <UnreadMark count={item.unread} />
                    {item.urgent ? <StateTag tone="attention">{t("urgent")}</StateTag> : null}
                  </p>
                  {item.nextDueAt ? (
                    <p className="text-ink-soft">
                      {t("next", { action: actions(action) })}{" "}
                      {t("by", { when: formatMoment(new Date(item.nextDueAt), zone, locale) })}
                    </p>
                  ) : null}
                </div>
                <LinkButton look="primary" href={`/${locale}/my/cases/${item.id}`}>
                  {t("open")}
                </LinkButton>
              </div>
            </Card>
          </li>
        );
      })}
    </ul>
  );
}
