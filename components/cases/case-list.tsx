import { useTranslations } from "next-intl";
import { UnreadMark } from "@/components/messages/unread-mark";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatDay, formatMoment, formatMoney, formatWeekday } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import type { CaseLineView } from "@/lib/cases/views";
import type { OpenOffer } from "@/lib/logistics/read-open-offers";
import type { DuePayment } from "@/lib/payments/read-due-payments";

interface CaseShown extends CaseLineView {
  unread: number;
  due: DuePayment | undefined;
  /** A freed day that is kept for them. */
  offer?: OpenOffer | undefined;
}

interface CaseListProps {
  /** With the number of messages the reader has not read, and what they are to pay now. */
  cases: readonly CaseShown[];
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
}

/** A patient's cases as cards: where each stands and what comes next. */
export function CaseList({ cases, locale, zone }: CaseListProps) {
  const t = useTranslations("my.list");
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
      {cases.map((item) => (
        <li key={item.id}>
          <CaseCard item={item} locale={locale} zone={zone} />
        </li>
      ))}
    </ul>
  );
}

interface CaseCardProps {
  item: CaseShown;
  locale: string;
  zone: string;
}

/** The button that leads into a case is the loud one only where its reader is to act. */
function CaseCard({ item, locale, zone }: CaseCardProps) {
  const t = useTranslations("my.list");
  const stages = useTranslations("stages");
  const treatments = useTranslations("treatments");
  const isYours =
    item.offer !== undefined ||
    item.due !== undefined ||
    (item.waitingOn === "patient" && item.nextDueAt !== null);
  const name = treatments((item.treatment ?? "not-sure") as "not-sure");
  return (
    <Card>
      <div className="flex flex-col items-start gap-gap sm:flex-row sm:justify-between">
        <div className="min-w-0 space-y-1">
          <h2 className="text-lg">
            {name} <bdi className="text-sm whitespace-nowrap text-ink-soft">{item.number}</bdi>
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
          <NextLine item={item} locale={locale} zone={zone} />
        </div>
        <LinkButton look={isYours ? "primary" : "quiet"} href={`/${locale}/my/cases/${item.id}`}>
          {t("open")}
        </LinkButton>
      </div>
    </Card>
  );
}

/** What comes next: a day that is kept for hours and a payment before anything else, then the step of the case, and whose turn it is. */
function NextLine({ item, locale, zone }: CaseCardProps) {
  const t = useTranslations("my.list");
  const actions = useTranslations("actions");
  const offers = useTranslations("waiting.overview");
  if (item.offer) {
    const { on, clinicName, expiresAt } = item.offer;
    return (
      <p className="font-semibold">
        {offers("offered", { day: formatWeekday(on, locale), clinic: clinicName })}.{" "}
        {offers("by", { when: formatMoment(expiresAt, zone, locale) })}
      </p>
    );
  }
  if (item.due) {
    const amount = formatMoney(BigInt(item.due.open.amount), item.due.open.currency, locale);
    const { dueOn } = item.due;
    if (dueOn === null) return <p className="font-semibold text-attention">{t("payAgain", { amount })}</p>;
    const words = { amount, day: formatDay(dueOn, locale) };
    return item.due.isLate ? (
      <p className="font-semibold text-attention">{t("payLate", words)}</p>
    ) : (
      <p className="font-semibold">{t("pay", words)}</p>
    );
  }
  if (!item.nextDueAt) return null;
  const action = actions(
    item.nextAction && actions.has(item.nextAction as "other") ? (item.nextAction as "other") : "other",
  );
  const isYours = item.waitingOn === "patient";
  return (
    <p className="text-ink-soft">
      <span className={isYours ? "font-semibold text-ink" : ""}>
        {isYours ? t("yours", { action }) : t("next", { action })}
      </span>{" "}
      {t("by", { when: formatMoment(new Date(item.nextDueAt), zone, locale) })}
    </p>
  );
}
