import { useLocale, useTranslations } from "next-intl";
import { CarePlan } from "@/components/bookings/care-plan";
import { MovedDays } from "@/components/bookings/moved-days";
import { DecideRegime } from "@/components/desk/decide-regime";
import { DefinitionList } from "@/components/ui/facts";
import { formatDay, formatMoment, formatMoney } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { Table } from "@/components/ui/table";
import { StateTag } from "@/components/ui/tag";
import type { BookingView } from "@/lib/bookings/views/booking";
import { DESK_ZONE } from "@/lib/desk/clock";

const TONES = {
  held: "attention",
  awaiting_deposit: "attention",
  awaiting_centre: "attention",
  confirmed: "good",
  completed: "good",
  cancelled: "still",
} as const;

/** A booking on the desk: the day, contracts, payments and the parts of the journey. */
export function BookingPanel({ booking, decide }: { booking: BookingView; decide: FormAction }) {
  const t = useTranslations("desk.bookings");
  const states = useTranslations("desk.bookingStates");
  const locale = useLocale();
  const moment = (at: string) => formatMoment(new Date(at), DESK_ZONE, locale);
  const signed = booking.contracts.map((contract) => ({
    term: t("contract", { kind: contract.kind }),
    value: contract.signedAt
      ? contract.withdrawnAt
        ? t("withdrawn", { name: contract.signedName ?? "–", when: moment(contract.withdrawnAt) })
        : t("signed", { name: contract.signedName ?? "–", when: moment(contract.signedAt) })
      : t("unsigned"),
    ...(contract.countersignedName
      ? { source: t("countersigned", { name: contract.countersignedName }) }
      : {}),
  }));
  const hasHold = booking.state === "held" || booking.state === "awaiting_deposit";
  return (
    <article className="space-y-gap border-t border-line py-gap-m">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-md">
          <bdi>{booking.number}</bdi> · <bdi>{booking.clinicName}</bdi>
        </h2>
        <StateTag tone={TONES[booking.state]}>{states(booking.state)}</StateTag>
      </div>
      <div className="max-w-2xl">
        <DefinitionList
          facts={[
            { term: t("day"), value: formatDay(booking.treatmentOn, locale) },
            { term: t("regime"), value: t(`regimes.${booking.regime}`) },
            ...(hasHold && booking.holdExpiresAt
              ? [{ term: t("hold"), value: moment(booking.holdExpiresAt) }]
              : []),
            ...signed,
          ]}
        />
      </div>
      {booking.state === "held" && booking.regime === "LEGAL_REVIEW" ? (
        <DecideRegime action={decide} />
      ) : null}
      <MovedDays booking={booking} zone={DESK_ZONE} locale={locale} isDense />
      <Plan booking={booking} />
      <section>
        <h3 className="text-sm text-ink-soft">{t("care")}</h3>
        <CarePlan booking={booking} locale={locale} />
      </section>
    </article>
  );
}

function Plan({ booking }: { booking: BookingView }) {
  const t = useTranslations("desk.bookings");
  const kinds = useTranslations("desk.planKinds");
  const states = useTranslations("desk.planStates");
  const locale = useLocale();
  const sum = ({ amount }: { amount: number }) => (
    <bdi>{formatMoney(BigInt(amount), booking.currency, locale)}</bdi>
  );
  const splitOf = (covers: BookingView["plan"][number]["covers"]) =>
    covers
      .filter((part) => part.amount.amount > 0)
      .map((part) => `${part.contract} ${formatMoney(BigInt(part.amount.amount), booking.currency, locale)}`)
      .join(" + ");
  const nameOf = (kind: string) => (kinds.has(kind as "deposit") ? kinds(kind as "deposit") : kind);
  return (
    <Table
      caption={t("plan")}
      stacked
      rows={booking.plan}
      rowKey={(item) => item.id}
      columns={[
        {
          key: "what",
          label: t("what"),
          cell: (item) => (
            <>
              {nameOf(item.kind)} <span className="block text-sm text-ink-soft">{splitOf(item.covers)}</span>
            </>
          ),
        },
        { key: "amount", label: t("amount"), numeric: true, cell: (item) => sum(item.amount) },
        { key: "paid", label: t("paid"), numeric: true, cell: (item) => sum(item.paid) },
        { key: "due", label: t("due"), cell: (item) => formatDay(item.dueOn, locale) },
        {
          key: "state",
          label: t("state"),
          cell: (item) => (
            <>
              {states(item.state)}
              {item.isOnItsWay ? <span className="block text-sm text-ink-soft">{t("onItsWay")}</span> : null}
            </>
          ),
        },
      ]}
    />
  );
}
