import { useLocale, useTranslations } from "next-intl";
import { MoneyRow, StatedSum } from "@/components/desk/money-row";
import { type ReleaseActions, ReleaseActs } from "@/components/desk/release-acts";
import { ReleaseAccount } from "@/components/desk/release-account";
import { LessTax, ReleaseLines } from "@/components/desk/release-lines";
import { formatMoment } from "@/components/ui/format";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { ReleaseRow } from "@/lib/payments/read-releases";
import { payableOf } from "@/lib/payments/release";

const TONES = {
  proposed: "attention",
  approved: "info",
  paid: "good",
  refused: "danger",
  withdrawn: "still",
  returned: "still",
} as const;

interface ReleaseListProps {
  releases: readonly ReleaseRow[];
  /** Who looks: nobody approves what they proposed. */
  meId: string;
  actions: ReleaseActions;
}

/** Releases with their sums, who proposed and approved them, and what is to be done with each. */
export function ReleaseList({ releases, meId, actions }: ReleaseListProps) {
  return (
    <ul className="divide-y divide-line">
      {releases.map((release) => (
        <ReleaseItem key={release.id} release={release} meId={meId} actions={actions} />
      ))}
    </ul>
  );
}

function ReleaseItem({
  release,
  meId,
  actions,
}: Omit<ReleaseListProps, "releases"> & { release: ReleaseRow }) {
  const t = useTranslations("books.releases");
  const { bookingId, currency, amountMinor, taxMinor, state, payee, legalName, bookingNumber, lines } =
    release;
  return (
    <MoneyRow
      sum={
        <StatedSum amountMinor={payableOf(release)} currency={currency} tone={TONES[state]}>
          {t(`states.${state}`)}
        </StatedSum>
      }
      acts={<ReleaseActs release={release} meId={meId} actions={actions} />}
    >
      <p>
        <bdi>{bookingNumber}</bdi>
        {" · "}
        <bdi>{payee}</bdi>
        {legalName === payee ? null : (
          <>
            {" ("}
            <bdi>{legalName}</bdi>
            {")"}
          </>
        )}
      </p>
      <LessTax amountMinor={amountMinor} taxMinor={taxMinor} currency={currency} />
      <ReleaseLines lines={lines} currency={currency} bookingId={bookingId} />
      <ReleaseAccount release={release} meId={meId} actions={actions.account} />
      <History release={release} />
    </MoneyRow>
  );
}

function History({ release }: { release: ReleaseRow }) {
  const t = useTranslations("books.releases");
  const locale = useLocale();
  const when = (at: Date) => formatMoment(at, DESK_ZONE, locale);
  const { proposedBy, proposedAt, approvedBy, approvedAt, paidAt, bankReference, refusedReason } = release;
  return (
    <div className="text-sm text-ink-soft">
      <p>{t("proposedBy", { name: proposedBy, when: when(proposedAt) })}</p>
      {approvedBy && approvedAt ? (
        <p>{t("approvedBy", { name: approvedBy, when: when(approvedAt) })}</p>
      ) : null}
      {paidAt ? <p>{t("paidOn", { when: when(paidAt), reference: bankReference ?? "–" })}</p> : null}
      {refusedReason ? <p>{t("refusedFor", { reason: refusedReason })}</p> : null}
      {release.recall ? <Recalled recall={release.recall} when={when} /> : null}
    </div>
  );
}

function Recalled({
  recall,
  when,
}: {
  recall: NonNullable<ReleaseRow["recall"]>;
  when: (at: Date) => string;
}) {
  const t = useTranslations("books.releases.recall");
  const { kind, reason, evidence, proposedBy, proposedAt, answeredBy, answeredAt } = recall;
  return (
    <>
      <p>
        {t(`by.${kind}`, { name: proposedBy, when: when(proposedAt) })} <bdi>{reason}</bdi>
        {evidence ? (
          <>
            {" "}
            (<bdi>{evidence}</bdi>)
          </>
        ) : null}
      </p>
      {answeredBy && answeredAt ? (
        <p>{t("confirmedBy", { name: answeredBy, when: when(answeredAt) })}</p>
      ) : null}
    </>
  );
}
