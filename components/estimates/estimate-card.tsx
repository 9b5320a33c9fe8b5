import { useTranslations } from "next-intl";
import { EstimateGroups } from "@/components/estimates/estimate-groups";
import { EstimateSums } from "@/components/estimates/estimate-sums";
import { PaymentPlan } from "@/components/estimates/payment-plan";
import { SaidList } from "@/components/estimates/product-words";
import { type Reading, SumAbout } from "@/components/estimates/sum-about";
import { VersionChanges } from "@/components/estimates/version-changes";
import { SpreadCauses } from "@/components/estimates/spread-causes";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatDay, formatMoneyShort } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { MoneyRange } from "@/components/ui/money-range";
import { SubmitButton } from "@/components/ui/submit-button";
import { StateTag } from "@/components/ui/tag";
import type { EstimateView } from "@/lib/estimates/views";
import type { EstimatePlanView } from "@/lib/logistics/views/estimate-plan";

/** What is told beside the estimate itself. */
interface Beside {
  /** The version before it of the same centre; null for the first. */
  before: EstimateView | null;
  /** What is paid when; null where nothing is left to decide. */
  plan: readonly EstimatePlanView[] | null;
  /** In which currency it is read. */
  reading: Reading;
}

interface EstimateCardProps {
  estimate: EstimateView;
  beside: Beside;
  locale: string;
  /** Open from the start: the accepted one, or the only one to decide on. The others show their sum. */
  isOpen: boolean;
  /** Another estimate of the case was accepted. */
  isPassedOver: boolean;
  /** Absent for somebody who only helps, the patient decides; and where another was chosen. */
  accept: FormAction | null;
  reject: FormAction | null;
}

/** One estimate as the patient decides on it: folded to its sum, or the range drawn, every line, what is not included. */
export function EstimateCard(props: EstimateCardProps) {
  const { estimate, beside, locale, isOpen, isPassedOver, accept, reject } = props;
  const t = useTranslations("my.estimates");
  const states = useTranslations("estimateStates");
  const mayDecide = estimate.state === "sent" && !isPassedOver;
  const state = estimate.state === "sent" && isPassedOver ? t("notChosen") : states(estimate.state);
  return (
    <Card>
      {/* One at a time is open, so that one thing at a time can be accepted. */}
      <details name="estimate" open={isOpen} className="group/card">
        <summary className="flex min-h-11 cursor-pointer list-none flex-wrap items-baseline justify-between gap-x-gap gap-y-2 [&::-webkit-details-marker]:hidden">
          <h2 className="text-lg">
            <span aria-hidden className="me-2 inline-block w-3 font-sans text-primary">
              <span className="group-open/card:hidden">+</span>
              <span className="hidden group-open/card:inline">−</span>
            </span>
            <bdi>{estimate.clinicName}</bdi> · {t("version", { version: estimate.version })}
          </h2>
          <bdi className="font-semibold tabular group-open/card:hidden">
            {formatMoneyShort(BigInt(estimate.totals.expected.amount), estimate.currency, locale)}
          </bdi>
          <span className="flex basis-full flex-wrap items-center gap-gap">
            <StateTag tone={tagTone(estimate.state, isPassedOver)}>{state}</StateTag>
            {mayDecide ? (
              <span className="text-ink-soft">
                {t("validUntil", { day: formatDay(estimate.validUntil, locale) })}
              </span>
            ) : null}
          </span>
        </summary>
        {/* The links of the comparison lead here: a browser opens what holds their place. */}
        <div id={`estimate-${estimate.id}`} className="scroll-mt-32 pt-gap-m">
          {beside.before ? <VersionChanges before={beside.before} after={estimate} locale={locale} /> : null}
          <Contents estimate={estimate} reading={beside.reading} />
          {beside.plan ? <PaymentPlan plans={beside.plan} locale={locale} /> : null}
          {mayDecide && accept && reject ? (
            <Decision estimate={estimate} accept={accept} reject={reject} />
          ) : null}
        </div>
      </details>
    </Card>
  );
}

function tagTone(state: EstimateView["state"], isPassedOver: boolean): "good" | "info" | "still" {
  if (state === "accepted") return "good";
  return state === "sent" && !isPassedOver ? "info" : "still";
}

function Contents({ estimate, reading }: { estimate: EstimateView; reading: Reading }) {
  const t = useTranslations("my.estimates");
  const { locale } = reading;
  const { totals, currency } = estimate;
  return (
    <>
      <MoneyRange
        range={{
          lowMinor: BigInt(totals.low.amount),
          expectedMinor: BigInt(totals.expected.amount),
          highMinor: BigInt(totals.high.amount),
          currency,
        }}
        locale={locale}
        words={{ low: t("low"), expected: t("expected"), high: t("high") }}
        causes={<SpreadCauses estimate={estimate} locale={locale} />}
      />
      <SumAbout estimate={estimate} reading={reading} />
      <p className="mt-gap mb-gap-m text-sm text-ink-soft">{t("rangeLead")}</p>
      <EstimateGroups estimate={estimate} locale={locale} />
      <EstimateSums estimate={estimate} locale={locale} />
      <Sentences title={t("exclusions")} items={estimate.exclusions} />
      <Sentences title={t("assumptions")} items={estimate.assumptions} />
    </>
  );
}

function Sentences({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <section className="mt-gap-m">
      <h3 className="font-semibold">{title}</h3>
      <SaidList items={items} />
    </section>
  );
}

interface DecisionProps {
  estimate: EstimateView;
  accept: FormAction;
  reject: FormAction;
}

function Decision({ estimate, accept, reject }: DecisionProps) {
  const t = useTranslations("my.estimates");
  return (
    <div className="mt-gap-m space-y-gap-m border-t border-line pt-gap-m">
      <ActionForm action={accept}>
        <p className="text-ink-soft">{t("acceptLead")}</p>
        <input type="hidden" name="hash" value={estimate.hash ?? ""} />
        <SubmitButton>{t("accept")}</SubmitButton>
      </ActionForm>
      <details>
        <summary className="link inline-flex min-h-11 items-center">{t("reject")}</summary>
        <ActionForm action={reject}>
          <Field name="reason" label={t("reason")}>
            <TextInput maxLength={1000} />
          </Field>
          <SubmitButton look="quiet">{t("reject")}</SubmitButton>
        </ActionForm>
      </details>
    </div>
  );
}
