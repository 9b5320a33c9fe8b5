import { useLocale, useTranslations } from "next-intl";
import { PaperFacts } from "@/components/documents/paper-facts";
import { EmptyState } from "@/components/ui/empty-state";
import { formatDay } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import type { DocumentView } from "@/lib/documents/views";

/** The papers of a case, each with its number, its code and a way to take it along. */
export function PaperTable({ papers }: { papers: readonly DocumentView[] }) {
  const t = useTranslations("my.documents");
  const kind = useTranslations("documents.kind");
  const locale = useLocale();
  return (
    <Table<DocumentView>
      caption={t("title")}
      hideCaption
      stacked
      rows={papers}
      rowKey={(paper) => paper.id}
      empty={<EmptyState title={t("none")} />}
      columns={[
        {
          key: "name",
          label: t("name"),
          cell: (paper) => (
            <>
              {kind(paper.kind)}
              {paper.about ? (
                <>
                  : <bdi>{paper.about}</bdi>
                </>
              ) : null}
              <PaperFacts paper={paper} />
            </>
          ),
        },
        { key: "number", label: t("number"), cell: (paper) => <bdi>{paper.label}</bdi>, whole: true },
        {
          key: "at",
          label: t("at"),
          cell: (paper) => formatDay(paper.issuedAt.slice(0, 10), locale),
          whole: true,
        },
        { key: "code", label: t("code"), cell: (paper) => <bdi>{paper.checkCode}</bdi>, whole: true },
        {
          key: "get",
          label: t("file"),
          cell: (paper) => (
            <a
              className="link inline-flex min-h-11 items-center sm:-my-2.5"
              href={`/api/v1/documents/${paper.id}/content`}
              download={`${paper.label}.pdf`}
            >
              {t("get")}
              <span className="sr-only">
                {" "}
                {kind(paper.kind)} {paper.label}
              </span>
            </a>
          ),
        },
      ]}
    />
  );
}
