import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Autosave, type AutosaveWords } from "@/components/cabinet/autosave";
import { Frozen } from "@/components/cabinet/frozen";
import { ListingForm } from "@/components/cabinet/listing-form";
import { ListingFrame } from "@/components/cabinet/listing-frame";
import { ListingIndex } from "@/components/cabinet/listing-sections";
import { LinkButton } from "@/components/ui/button";
import { keptKey } from "@/components/ui/kept-fields";
import { ownListing } from "@/lib/clinics/queries/listing";
import { ownClinic } from "@/lib/desk/queries/cabinet";
import { requireClinicManager } from "@/lib/infra/session";
import { keepListingAction, saveListingAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.listing");
  return { title: t("title") };
}

export default async function ListingPage() {
  const manager = await requireClinicManager();
  const listing = await ownListing(manager);
  const { timeZone } = await ownClinic(manager);
  const { draft, basis, revisions } = listing;
  const seen = { id: draft?.id ?? null, version: draft?.version ?? 0 };
  const last = revisions.find(({ state }) => state !== "draft" && state !== "superseded");
  const t = await getTranslations("cabinet.listing");
  const base = `/${await getLocale()}/cabinet/listing`;
  return (
    <ListingFrame listing={listing} zone={timeZone} current="edit">
      <div className="grid gap-gap-l xl:grid-cols-[13rem_minmax(0,46rem)_minmax(0,16rem)]">
        <ListingIndex />
        <Frozen>
          <ListingForm
            content={basis}
            seen={seen}
            remarks={last?.state === "changes_asked" ? last.remarks : {}}
            action={saveListingAction}
          >
            <Autosave
              storeKey={keptKey(manager.personId, "listing", "")}
              seen={seen}
              keep={keepListingAction}
              words={await savingWords()}
            />
          </ListingForm>
        </Frozen>
        <aside className="hidden space-y-gap xl:sticky xl:top-4 xl:block xl:self-start">
          <p className="text-ink-soft">{t("beside")}</p>
          <p>
            <a className="link" href={`${base}/preview`} target="valvia-preview">
              {t("openPreview")}
            </a>
          </p>
          <LinkButton look="primary" href={`${base}/changes`}>
            {t("seeChanges")}
          </LinkButton>
        </aside>
        <p className="xl:hidden">
          <LinkButton look="primary" href={`${base}/changes`}>
            {t("seeChanges")}
          </LinkButton>
        </p>
      </div>
    </ListingFrame>
  );
}

async function savingWords(): Promise<AutosaveWords> {
  const t = await getTranslations("cabinet.listing.saving");
  const form = await getTranslations("common.form");
  return {
    idle: t("idle"),
    typing: t("typing"),
    saving: t("saving"),
    offline: t("offline"),
    signed_out: t("signedOut"),
    problems: t("problems"),
    again: t("again"),
    keepMine: t("keepMine"),
    showTheirs: t("showTheirs"),
    save: t("save"),
    signIn: { href: `/${await getLocale()}/signin`, label: form("signIn") },
    found: t("found"),
    restore: t("restore"),
    discard: t("discard"),
  };
}
