import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ListingFrame } from "@/components/cabinet/listing-frame";
import { RevisionTable } from "@/components/cabinet/revision-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ownListing } from "@/lib/clinics/queries/listing";
import { ownClinic } from "@/lib/desk/queries/cabinet";
import { requireClinicManager } from "@/lib/infra/session";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.listing");
  return { title: `${t("history")} – ${t("title")}` };
}

export default async function HistoryPage() {
  const manager = await requireClinicManager();
  const listing = await ownListing(manager);
  const { timeZone } = await ownClinic(manager);
  const t = await getTranslations("cabinet.listing");
  return (
    <ListingFrame listing={listing} zone={timeZone} current="history">
      {listing.revisions.length === 0 ? (
        <EmptyState title={t("noHistory")}>{t("noHistoryLead")}</EmptyState>
      ) : (
        <RevisionTable revisions={listing.revisions} zone={timeZone} />
      )}
    </ListingFrame>
  );
}
