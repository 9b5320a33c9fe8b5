import { useLocale, useTranslations } from "next-intl";
import { formatDay, formatMoment, formatMoney } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { LineEvidence } from "@/lib/payments/read-evidence";

interface Line {
  serviceId: string;
  kind: string;
  amountMinor: bigint;
  taxMinor: bigint;
  evidence: string;
  deliveredAt: Date;
  /** Who said so, and what it rests on; read for what somebody is to say yes to. */
  proof?: LineEvidence | null;
}

interface ReleaseLinesProps {
  lines: readonly Line[];
  currency: string;
  /** Where its bill stands, once its lines have their proof. */
  bookingId?: string;
}

interface LessTaxProps {
  amountMinor: bigint;
  taxMinor: bigint;
  currency: string;
}

/** What is passed on, line by line: what was delivered when, and what proves it. */
export function ReleaseLines({ lines, currency, bookingId }: ReleaseLinesProps) {
  const t = useTranslations("books.releases");
  const kinds = useTranslations("lineKinds");
  const locale = useLocale();
  return (
    <ul className="text-sm text-ink-soft">
      {lines.map((line) => (
        <li key={line.serviceId}>
          {kinds.has(line.kind as "other") ? kinds(line.kind as "other") : line.kind}
          {" · "}
          <bdi>{formatMoney(line.amountMinor, currency, locale)}</bdi>
          {" · "}
          {t(`evidence.${line.evidence as "transfer_done"}`)}
          {" · "}
          {formatDay(line.deliveredAt.toISOString().slice(0, 10), locale)}
          {line.taxMinor > 0n ? (
            <> ({t("tax", { tax: formatMoney(line.taxMinor, currency, locale) })})</>
          ) : null}
          {line.proof ? <Proof proof={line.proof} /> : null}
          {bookingId && line.evidence === "final_account" ? (
            <p className="py-1 ps-3">
              <TextLink href={`/${locale}/desk/money/bills/${bookingId}`}>{t("proof.mirror")}</TextLink>
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** Why the payee is sent less than the patient paid; nothing where there is no tax. */
export function LessTax({ amountMinor, taxMinor, currency }: LessTaxProps) {
  const t = useTranslations("books.releases");
  const locale = useLocale();
  if (taxMinor === 0n) return null;
  const money = (minor: bigint) => formatMoney(minor, currency, locale);
  return <p className="text-sm">{t("lessTax", { gross: money(amountMinor), tax: money(taxMinor) })}</p>;
}

function Proof({ proof }: { proof: LineEvidence }) {
  const t = useTranslations("books.releases.proof");
  const locale = useLocale();
  const { by, byRole, at, doer, note, minutes, documents } = proof;
  const when = at ? formatMoment(at, DESK_ZONE, locale) : "–";
  const who = byRole === "link_holder" ? t("byLink", { when }) : t("by", { name: by ?? "–", when });
  return (
    <div className="ps-3">
      <p>{byRole === null ? t("byNobody") : who}</p>
      {doer ? (
        <p>
          {t.rich("doer", { name: () => <bdi>{doer}</bdi> })}
          {minutes === null ? null : ` · ${t("minutes", { minutes })}`}
        </p>
      ) : null}
      {!doer && minutes !== null ? <p>{t("minutes", { minutes })}</p> : null}
      {note ? (
        <p>
          <bdi>{note}</bdi>
        </p>
      ) : null}
      {documents.map(({ id, number }) => (
        <p key={id}>
          <a className="link inline-flex min-h-control items-center" href={`/api/v1/bills/${id}/content`}>
            <span>{t.rich("bill", { name: () => <bdi>{number}</bdi> })}</span>
          </a>
        </p>
      ))}
    </div>
  );
}
