import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ListingTabs } from "@/components/cabinet/listing-frame";
import { ListingPreview } from "@/components/cabinet/listing-preview";
import { PreviewRefresh } from "@/components/cabinet/preview-refresh";
import { ownListing } from "@/lib/clinics/queries/listing";
import { previewOfDraft } from "@/lib/clinics/queries/preview";
import { requireClinicManager } from "@/lib/infra/session";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.listing");
  return { title: `${t("tabs.preview")} – ${t("title")}` };
}

export default async function PreviewPage() {
  const manager = await requireClinicManager();
  const { draft } = await ownListing(manager);
  const clinic = await previewOfDraft(manager, new Date());
  const t = await getTranslations("cabinet.listing.preview");
  return (
    <div className="space-y-gap-m">
      <PreviewRefresh />
      <ListingTabs changes={draft?.changes.length ?? 0} current="preview" />
      <ListingPreview clinic={clinic} locale={await getLocale()} lead={draft ? t("ofDraft") : t("ofBasis")} />
    </div>
  );
}
