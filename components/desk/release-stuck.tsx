import { useLocale, useTranslations } from "next-intl";
import { MoneyRow } from "@/components/desk/money-row";
import { formatMoney } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import type { WaitingLine } from "@/lib/payments/read-releasable";

/** Lines that go to nobody yet, each with what has to happen first. */
export function ReleaseStuck({ lines }: { lines: readonly WaitingLine[] }) {
  const t = useTranslations("books.releases");
  const kinds = useTranslations("lineKinds");
  const bills = useTranslations("bills.links");
  const locale = useLocale();
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="stuck" className="space-y-gap pt-gap-l">
      <h3 id="stuck" className="text-base font-semibold">
        {t("stuck")}
      </h3>
      <p className="max-w-prose text-ink-soft">{t("stuckHint")}</p>
      <ul className="divide-y divide-line">
        {lines.map((line) => (
          <MoneyRow
            key={line.serviceId}
            sum={<bdi className="font-normal">{formatMoney(line.amountMinor, line.currency, locale)}</bdi>}
          >
            <p>
              <bdi>{line.bookingNumber}</bdi>
              {" · "}
              {kinds.has(line.kind as "other") ? kinds(line.kind as "other") : line.kind}
            </p>
            <p className="text-sm text-ink-soft">{t(`waits.${line.reason}`)}</p>
            {line.reason === "no_account" ? (
              <TextLink href={`/${locale}/desk/money/bills/${line.bookingId}`}>{bills("billStaff")}</TextLink>
            ) : null}
          </MoneyRow>
        ))}
      </ul>
    </section>
  );
}
