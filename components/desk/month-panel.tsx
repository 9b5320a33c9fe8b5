import { useLocale, useTranslations } from "next-intl";
import { TrialBalance } from "@/components/desk/trial-balance";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { formatMoment, formatMonth } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { DESK_ZONE } from "@/lib/desk/clock";
import { lastDayOf, monthsOver } from "@/lib/payments/closing";
import type { ClosingsPage, Hindrance } from "@/lib/payments/read-closing";

const UNREAD = "unread_movements";
/** No movement has been read yet. */
const NONE = "–";

interface MonthPanelProps {
  page: ClosingsPage;
  /** Who looks: nobody confirms what they proposed. */
  meId: string;
  propose: FormAction;
  confirm: FormAction;
}

/** The month that is to be closed next: what stands in its way, or the act that is due. */
export function MonthPanel({ page, meId, propose, confirm }: MonthPanelProps) {
  const t = useTranslations("books.months");
  const locale = useLocale();
  const { next, running } = page;
  if (!next) return <p className="text-ink-soft">{t("nothing", { month: formatMonth(running, locale) })}</p>;
  const { month } = next;
  const named = formatMonth(month, locale);
  const proposal = page.closings.find((one) => one.month === month && one.state === "proposed");
  return (
    <Card heading={t("next", { month: named })} as="section">
      <div className="space-y-gap-m">
        <p className="text-ink-soft">{t("waiting", { count: monthsOver(month, running) })}</p>
        {next.hindrances.length > 0 ? <Hindrances hindrances={next.hindrances} /> : null}
        {proposal ? (
          <p>
            {t("proposedBy", {
              name: proposal.proposedBy.name,
              when: formatMoment(proposal.proposedAt, DESK_ZONE, locale),
            })}
            <span className="block text-sm text-ink-soft">
              {t("hash")}: <bdi className="font-mono break-all">{proposal.hash}</bdi>
            </span>
          </p>
        ) : null}
        <TrialBalance balances={next.balance} />
        <p>
          <TextLink href={`/${locale}/desk/money/accounts?on=${lastDayOf(month)}`}>
            {t("balance", { month: named })}
          </TextLink>
        </p>
        {next.hindrances.length > 0 ? null : proposal?.proposedBy.id === meId ? (
          <p className="text-ink-soft">{t("own")}</p>
        ) : (
          <ActionForm action={proposal ? confirm : propose}>
            <input type="hidden" name="month" value={month} />
            {proposal ? <input type="hidden" name="hash" value={proposal.hash} /> : null}
            <SubmitButton>{t(proposal ? "confirm" : "propose", { month: named })}</SubmitButton>
          </ActionForm>
        )}
      </div>
    </Card>
  );
}

function Hindrances({ hindrances }: { hindrances: readonly Hindrance[] }) {
  const t = useTranslations("books.months");
  const locale = useLocale();
  return (
    <Notice tone="attention" title={t("hindered")}>
      <ul className="list-disc ps-5">
        {hindrances.map(({ kind, title, caseNumber, at }) =>
          kind === UNREAD ? (
            <li key={kind}>
              {title === NONE ? t("unreadAll") : t("unread", { when: formatMoment(at, DESK_ZONE, locale) })}
            </li>
          ) : (
            <li key={`${kind} ${title}`}>
              {t(`kinds.${kind as "unmatched_payment"}`)}:{" "}
              {kind === "unexplained_movement" || kind === "balance_gap" ? (
                <a className="link" href={`/${locale}/desk/money#movements`}>
                  <bdi>{title}</bdi>
                </a>
              ) : (
                <bdi>{title}</bdi>
              )}
              {caseNumber ? <> ({t("ofCase", { number: caseNumber })})</> : null},{" "}
              {formatMoment(at, DESK_ZONE, locale)}
            </li>
          ),
        )}
      </ul>
    </Notice>
  );
}
