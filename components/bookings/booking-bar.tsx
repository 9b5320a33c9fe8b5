import { useTranslations } from "next-intl";
import { type NextStep, nextStepOf, type PayerBooking, sumsOfPlan } from "@/components/bookings/next-step";
import { buttonClass } from "@/components/ui/button-look";
import { formatDay, formatMoney } from "@/components/ui/format";

const PLACES = { sign: "contracts", pay: "payments", again: "taken", plan: "care" } as const;

interface BookingBarProps {
  booking: PayerBooking;
  locale: string;
  /** What the reader may do with it. */
  may?: { sign: boolean; pay: boolean };
}

const EVERYTHING = { sign: true, pay: true };

/** On a phone the price and the next step stay in sight, however long the page is; a step of the reader leads to its place. */
export function BookingBar({ booking, locale, may = EVERYTHING }: BookingBarProps) {
  const t = useTranslations("my.booking");
  const sum = (amount: number) => formatMoney(BigInt(amount), booking.currency, locale);
  const { paid, open } = sumsOfPlan(booking);
  const step = nextStepOf(booking);
  // Whoever only reads along is not told to do what they cannot.
  const isTheirs =
    step.step === "sign" ? may.sign : may.pay || (step.step !== "pay" && step.step !== "again");
  const next: NextStep = isTheirs ? step : { step: "plan" };
  return (
    <nav
      aria-label={t("summary")}
      className="next-bar no-print -mx-4 flex flex-wrap items-center justify-between gap-x-gap gap-y-1 border-t border-line bg-card px-4 py-2 shadow-float md:hidden"
    >
      <p className="min-w-0 text-base">
        <span className="font-semibold">
          {open > 0 ? t("summaryOpen", { paid: sum(paid), open: sum(open) }) : t("summaryPaid")}
        </span>
        {next.step === "pay" ? (
          <span className="block text-sm text-ink-soft">
            {t("summaryNow", {
              amount: sum(next.item.open.amount),
              day: formatDay(next.item.dueOn, locale),
            })}
          </span>
        ) : null}
        {next.step === "again" ? (
          <span className="block text-sm text-ink-soft">{t("summaryAgain")}</span>
        ) : null}
        {next.step === "wait" ? <span className="block text-sm text-ink-soft">{t("step.wait")}</span> : null}
      </p>
      {next.step === "wait" ? null : (
        <a href={`#${PLACES[next.step]}`} className={buttonClass(next.step === "plan" ? "quiet" : "primary")}>
          {next.step === "pay"
            ? t("step.pay", { amount: sum(next.item.open.amount) })
            : next.step === "again"
              ? t("step.again", { amount: sum(next.amount) })
              : t(`step.${next.step}`)}
        </a>
      )}
    </nav>
  );
}
