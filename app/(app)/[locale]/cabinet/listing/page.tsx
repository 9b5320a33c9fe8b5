import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ListingForm } from "@/components/cabinet/listing-form";
import { RevisionTable } from "@/components/cabinet/revision-table";
import { ListingDiff } from "@/components/desk/listing-diff";
import { ActionForm } from "@/components/ui/action-form";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { ownListing } from "@/lib/clinics/queries/listing";
import { ownClinic } from "@/lib/desk/queries/cabinet";
import { requireClinicManager } from "@/lib/infra/session";
import { saveListingAction, submitListingAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.listing");
  return { title: t("title") };
}

export default async function ListingPage() {
  const manager = await requireClinicManager();
  const { clinic, draft, basis, revisions } = await ownListing(manager);
  const { timeZone } = await ownClinic(manager);
  const t = await getTranslations("cabinet.listing");
  const [last] = revisions;
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        act={<TextLink href={`/${await getLocale()}/clinics/${clinic.slug}`}>{t("public")}</TextLink>}
      />
      <div className="space-y-gap-xl">
        {last?.state === "changes_asked" ? (
          <Notice tone="attention">{t("changesAsked", { reason: last.reason ?? "–" })}</Notice>
        ) : null}
        {last?.state === "submitted" ? <Notice>{t("waiting")}</Notice> : null}
        {draft ? (
          <section aria-labelledby="draft" className="space-y-gap">
            <h2 id="draft" className="text-md">
              {t("draft")}
            </h2>
            <ListingDiff changes={draft.changes} />
            <ActionForm action={submitListingAction} className="space-y-gap">
              <p className="text-sm text-ink-soft">{t("submitLead")}</p>
              <SubmitButton>{t("submit")}</SubmitButton>
            </ActionForm>
          </section>
        ) : null}
        <section aria-labelledby="edit" className="space-y-gap">
          <h2 id="edit" className="text-md">
            {t("edit")}
          </h2>
          <ListingForm content={basis} action={saveListingAction} />
        </section>
        <RevisionTable revisions={revisions} zone={timeZone} />
      </div>
    </>
  );
}
