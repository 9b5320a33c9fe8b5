import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { ListingPreview } from "@/components/cabinet/listing-preview";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { previewOfRevision } from "@/lib/clinics/queries/preview";
import { requireAnyOf } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";

interface PreviewProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.judge");
  return { title: t("preview") };
}

export default async function RevisionPreviewPage({ params }: PreviewProps) {
  const approver = await requireAnyOf("admin", "coordinator");
  const { id } = await params;
  const clinic = isUuid(id) ? await previewOfRevision(approver, id, new Date()) : null;
  if (!clinic) notFound();
  const t = await getTranslations("desk.listings");
  const judge = await getTranslations("cabinet.judge");
  const crumbs = await getTranslations("desk.case");
  const locale = await getLocale();
  const base = `/${locale}/desk/listings`;
  return (
    <div className="space-y-gap-m">
      <Breadcrumbs
        label={crumbs("crumbs")}
        crumbs={[
          { href: base, label: t("title") },
          { href: `${base}/${id}`, label: <bdi>{clinic.name}</bdi> },
        ]}
      />
      <ListingPreview clinic={clinic} locale={locale} lead={judge("previewLead")} />
    </div>
  );
}
