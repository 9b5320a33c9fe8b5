import { useLocale, useTranslations } from "next-intl";
import { formatDay, formatMoney } from "@/components/ui/format";

interface ReleaseLinesProps {
  lines: readonly {
    serviceId: string;
    kind: string;
    amountMinor: bigint;
    taxMinor: bigint;
    evidence: string;
    deliveredAt: Date;
  }[];
  currency: string;
}

/** What is passed on, line by line: what was delivered when, and what proves it. */
export function ReleaseLines({ lines, currency }: ReleaseLinesProps) {
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
        </li>
      ))}
    </ul>
  );
}
