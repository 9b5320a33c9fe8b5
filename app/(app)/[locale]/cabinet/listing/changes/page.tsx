import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ListingFrame } from "@/components/cabinet/listing-frame";
import { ListingDiff } from "@/components/desk/listing-diff";
import { ActionForm } from "@/components/ui/action-form";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { listingChanges } from "@/lib/clinics/listing";
import { ownListing } from "@/lib/clinics/queries/listing";
import { ownClinic } from "@/lib/desk/queries/cabinet";
import { requireClinicManager } from "@/lib/infra/session";
import { submitListingAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.listing");
  return { title: `${t("tabs.changes")} – ${t("title")}` };
}

export default async function ChangesPage() {
  const manager = await requireClinicManager();
  const listing = await ownListing(manager);
  const { timeZone } = await ownClinic(manager);
  const t = await getTranslations("cabinet.listing");
  const base = `/${await getLocale()}/cabinet/listing`;
  const changes = listingChanges(listing.published, listing.basis);
  return (
    <ListingFrame listing={listing} zone={timeZone} current="changes">
      {changes.length === 0 ? (
        <EmptyState title={t("noChange")} act={<LinkButton href={base}>{t("edit")}</LinkButton>}>
          {t("noChangeLead")}
        </EmptyState>
      ) : (
        <div className="space-y-gap-l">
          <ListingDiff changes={changes} />
          {listing.draft ? (
            <ActionForm action={submitListingAction} className="max-w-prose space-y-gap">
              <p className="text-ink-soft">{t("submitLead")}</p>
              <SubmitButton>{t("submit")}</SubmitButton>
            </ActionForm>
          ) : (
            <p>
              <LinkButton href={base}>{t("edit")}</LinkButton>
            </p>
          )}
        </div>
      )}
    </ListingFrame>
  );
}
