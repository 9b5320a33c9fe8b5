import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/components/ui/format";
import type { DocumentView } from "@/lib/documents/views";

/** What tells a paper from others of its kind: its sum, and of a contract whose names it carries. */
export function PaperFacts({ paper: { sum, mark } }: { paper: Pick<DocumentView, "sum" | "mark"> }) {
  const t = useTranslations("my.documents.marks");
  const locale = useLocale();
  if (!sum && !mark) return null;
  return (
    <span className="block text-base text-ink-soft">
      {sum ? <bdi className="tabular">{formatMoney(BigInt(sum.amount), sum.currency, locale)}</bdi> : null}
      {mark ? t(mark) : null}
    </span>
  );
}
