import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { PaperTable } from "@/components/documents/paper-table";
import { PageHeader } from "@/components/ui/page-header";
import { documentsOfCase } from "@/lib/documents/queries";
import { documentView } from "@/lib/documents/views";
import { requirePatient } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.documents");
  return { title: t("title") };
}

export default async function DocumentsPage({ params }: { params: Promise<{ id: string }> }) {
  const patient = await requirePatient();
  const { id } = await params;
  const documents = isUuid(id) ? await documentsOfCase(patient, id) : null;
  if (!documents) notFound();
  const t = await getTranslations("my.documents");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <PaperTable papers={documents.map(documentView)} />
    </>
  );
}
