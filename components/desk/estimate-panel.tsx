import { useLocale, useTranslations } from "next-intl";
import { useTallyWords } from "@/components/estimates/estimate-builder";
import { EstimateTally } from "@/components/estimates/estimate-tally";
import { EstimateLines } from "@/components/estimates/estimate-lines";
import { VersionChanges } from "@/components/estimates/version-changes";
import { ActionForm } from "@/components/ui/action-form";
import { LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-state";
import { formatDay, formatMoney } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { StateTag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { SentenceList } from "@/components/ui/sentence-list";
import type { EstimateTally as Tally } from "@/lib/desk/estimate-tally";
import { differsFromFee } from "@/lib/estimates/operator-fee";
import type { EstimateView } from "@/lib/estimates/views";

interface EstimatePanelProps {
  estimate: EstimateView;
  /** What its lines come to. */
  tally: Tally;
  /** The version before it of the same centre; null for the first. */
  before: EstimateView | null;
  /** The operator's fee in the estimate's currency today; null without a rate. */
  feeMinor: bigint | null;
  /** Where a missing rate is entered, for whoever may. */
  ratesHref: string | null;
  /** Where a draft is changed. */
  editHref: string;
  /** Seals and sends this draft; absent for whoever does not own the case. */
  send: FormAction | null;
}

const TONES = {
  draft: "attention",
  sent: "info",
  accepted: "good",
  rejected: "still",
  superseded: "still",
  expired: "still",
} as const;

/** One version of an estimate with its totals, and the way to send it while it is a draft. */
export function EstimatePanel(props: EstimatePanelProps) {
  const { estimate, tally, before, feeMinor, ratesHref, editHref, send } = props;
  const t = useTranslations("desk.estimates");
  const states = useTranslations("desk.estimateStates");
  const locale = useLocale();
  return (
    <article id={estimate.id} className="space-y-gap border-t border-line py-gap-m">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-md">
          <bdi>{estimate.clinicName}</bdi> · {t("version", { version: estimate.version })}
        </h3>
        <StateTag tone={TONES[estimate.state]}>{states(estimate.state)}</StateTag>
        <span className="text-sm text-ink-soft">
          {t("validUntil", { day: formatDay(estimate.validUntil, locale) })}
        </span>
      </div>
      {estimate.rejectReason ? <p>{t("rejectedBecause", { reason: estimate.rejectReason })}</p> : null}
      {before ? <VersionChanges before={before} after={estimate} locale={locale} /> : null}
      <EstimateTally tally={tally} currency={estimate.currency} words={useTallyWords()} locale={locale} />
      {estimate.hash ? (
        <p className="text-sm text-ink-soft">
          {t("hash")}: <code className="break-all">{estimate.hash}</code>
        </p>
      ) : null}
      <details open={estimate.state === "draft"}>
        <summary className="link inline-flex min-h-control items-center">
          {t("lines", { n: estimate.lines.length })}
        </summary>
        <EstimateLines estimate={estimate} locale={locale} />
        <Sentences title={t("exclusions")} items={estimate.exclusions} />
        <Sentences title={t("assumptions")} items={estimate.assumptions} />
      </details>
      {estimate.state === "draft" && feeMinor === null ? (
        <Notice tone="attention">
          {t("noFeeRate", { currency: estimate.currency })}
          {ratesHref === null ? null : (
            <>
              {" "}
              <TextLink href={ratesHref}>{t("enterRate")}</TextLink>
            </>
          )}
        </Notice>
      ) : null}
      {estimate.state === "draft" && feeMinor !== null && asksOtherFee(estimate, feeMinor) ? (
        <Notice tone="attention">
          {t("otherFee", { fee: formatMoney(feeMinor, estimate.currency, locale) })}
        </Notice>
      ) : null}
      {estimate.state === "draft" && send ? (
        <SendDraft estimate={estimate} editHref={editHref} send={send} />
      ) : null}
    </article>
  );
}

function asksOtherFee({ lines, currency }: EstimateView, feeMinor: bigint): boolean {
  const sums = lines.map(({ kind, expected }) => ({ kind, expectedMinor: BigInt(expected.amount) }));
  return differsFromFee(sums, currency, feeMinor);
}

function Sentences({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <>
      <h4 className="pt-2 text-sm text-ink-soft">{title}</h4>
      <SentenceList items={items} />
    </>
  );
}

function SendDraft({
  estimate,
  editHref,
  send,
}: {
  estimate: EstimateView;
  editHref: string;
  send: FormAction;
}) {
  const t = useTranslations("desk.estimates");
  const locale = useLocale();
  const { totals, currency } = estimate;
  const sum = ({ amount }: { amount: number }) => formatMoney(BigInt(amount), currency, locale);
  return (
    <ActionForm action={send} className="space-y-gap">
      <p className="text-sm text-ink-soft">{t("sendLead")}</p>
      <div className="flex flex-wrap gap-gap">
        <SubmitButton>
          {t("sendDo", { low: sum(totals.low), expected: sum(totals.expected), high: sum(totals.high) })}
        </SubmitButton>
        <LinkButton href={editHref}>{t("edit")}</LinkButton>
      </div>
    </ActionForm>
  );
}
