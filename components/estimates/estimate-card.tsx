import { useTranslations } from "next-intl";
import { EstimateLines } from "@/components/estimates/estimate-lines";
import { SpreadCauses } from "@/components/estimates/spread-causes";
import { EstimateSums } from "@/components/estimates/estimate-sums";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatDay } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { MoneyRange } from "@/components/ui/money-range";
import { SubmitButton } from "@/components/ui/submit-button";
import { StateTag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { SentenceList } from "@/components/ui/sentence-list";
import type { EstimateView } from "@/lib/estimates/views";

interface EstimateCardProps {
  estimate: EstimateView;
  locale: string;
  /** Absent for somebody who only helps: the patient decides. */
  accept: FormAction | null;
  reject: FormAction | null;
}

/** One estimate as the patient decides on it: the range drawn, every line with its cause, what is not included. */
export function EstimateCard({ estimate, locale, accept, reject }: EstimateCardProps) {
  const t = useTranslations("my.estimates");
  const states = useTranslations("estimateStates");
  const { totals, currency } = estimate;
  const words = { low: t("low"), expected: t("expected"), high: t("high") };
  return (
    <Card heading={`${estimate.clinicName} · ${t("version", { version: estimate.version })}`}>
      <p className="mb-gap-m flex flex-wrap items-center gap-gap">
        <StateTag tone={estimate.state === "accepted" ? "good" : "info"}>{states(estimate.state)}</StateTag>
        <span className="text-ink-soft">
          {t("validUntil", { day: formatDay(estimate.validUntil, locale) })}
        </span>
      </p>
      <MoneyRange
        range={{
          lowMinor: BigInt(totals.low.amount),
          expectedMinor: BigInt(totals.expected.amount),
          highMinor: BigInt(totals.high.amount),
          currency,
        }}
        locale={locale}
        words={words}
        causes={<SpreadCauses estimate={estimate} locale={locale} />}
      />
      <p className="mt-gap text-sm text-ink-soft">{t("rangeLead")}</p>
      <div className="mt-gap-m">
        <EstimateLines estimate={estimate} locale={locale} />
      </div>
      <EstimateSums estimate={estimate} locale={locale} />
      <Sentences title={t("exclusions")} items={estimate.exclusions} />
      <Sentences title={t("assumptions")} items={estimate.assumptions} />
      {estimate.state === "sent" && accept && reject ? (
        <Decision estimate={estimate} accept={accept} reject={reject} />
      ) : null}
      {estimate.state === "accepted" ? (
        <p className="mt-gap-m">
          <TextLink href={`/${locale}/my/cases/${estimate.caseId}/booking`}>{t("book")}</TextLink>
        </p>
      ) : null}
    </Card>
  );
}

function Sentences({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <section className="mt-gap-m">
      <h3 className="font-semibold">{title}</h3>
      <SentenceList items={items} />
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
