import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { DefinitionList } from "@/components/ui/facts";
import { formatDay } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { OwnWords } from "@/i18n/own-words";
import { isDocumentKind } from "@/lib/documents/document";
import { checkPaper } from "@/lib/documents/published";
import { dayOf } from "@/lib/kernel/day";

/** Asked anew each time: nothing of it is kept anywhere. */
export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("documents.check");
  return { title: t("title"), robots: { index: false } };
}

/** Where the square on a paper leads: we issued it, what kind it is, and when. Nothing else. */
export default async function CheckPage({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  const found = await checkPaper(code);
  const t = await getTranslations("documents");
  const locale = await getLocale();
  return (
    <OwnWords of="documents">
      <div className="max-w-prose space-y-gap-l">
        <PageHeader title={t("check.title")} lead={t("check.lead")} />
        <Notice tone={found ? "good" : "attention"}>
          <p>{found ? t("check.real") : t("check.unknown")}</p>
        </Notice>
        {found && isDocumentKind(found.kind) ? (
          <DefinitionList
            facts={[
              { term: t("check.kind"), value: t(`kind.${found.kind}`) },
              { term: t("check.issued"), value: formatDay(dayOf(found.issuedAt), locale) },
            ]}
          />
        ) : null}
      </div>
    </OwnWords>
  );
}
