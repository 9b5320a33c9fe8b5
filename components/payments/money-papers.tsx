import { useLocale, useTranslations } from "next-intl";
import { PaperFacts } from "@/components/documents/paper-facts";
import { formatDay } from "@/components/ui/format";
import type { DocumentView } from "@/lib/documents/views";

/** Receipts, invoices and credit notes of a booking, each to take along. */
export function MoneyPapers({ papers }: { papers: readonly DocumentView[] }) {
  const t = useTranslations("invoices.list");
  const kinds = useTranslations("documents.kind");
  const get = useTranslations("my.documents");
  const locale = useLocale();
  return (
    <div>
      <h3 className="mb-2 font-semibold">{t("title")}</h3>
      <p className="mb-2 max-w-prose text-ink-soft">{papers.length === 0 ? t("none") : t("lead")}</p>
      <ul className="divide-y divide-line border-y border-line empty:border-0">
        {papers.map(({ id, kind, label, issuedAt, sum, mark }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-gap-m py-1">
            <span className="min-w-0">
              {kinds(kind)} <bdi className="tabular">{label}</bdi>
              <PaperFacts paper={{ sum, mark }} />
              <span className="block text-base text-ink-soft">
                {formatDay(issuedAt.slice(0, 10), locale)}
              </span>
            </span>
            <a
              className="link inline-flex min-h-11 items-center"
              href={`/api/v1/documents/${id}/content`}
              download={`${label}.pdf`}
            >
              {get("get")}
              <span className="sr-only">
                {" "}
                {kinds(kind)} {label}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
