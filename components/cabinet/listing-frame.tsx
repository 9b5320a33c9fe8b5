import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ListingStage } from "@/components/cabinet/listing-stage";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { TextLink } from "@/components/ui/text-link";
import type { OwnListing } from "@/lib/clinics/queries/listing";

type Current = "edit" | "preview" | "changes" | "history";

interface ListingFrameProps {
  listing: OwnListing;
  zone: string;
  current: Current;
  children: ReactNode;
}

/** What stands on every page of the listing: where it is on its way to the public, and what comes next. */
export function ListingFrame({ listing, zone, current, children }: ListingFrameProps) {
  const t = useTranslations("cabinet.listing");
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        act={<TextLink href={`/${useLocale()}/clinics/${listing.clinic.slug}`}>{t("public")}</TextLink>}
      />
      <div className="space-y-gap-l">
        <ListingStage listing={listing} zone={zone} />
        <ListingTabs changes={listing.draft?.changes.length ?? 0} current={current} />
        {children}
      </div>
    </>
  );
}

/** The four pages of the listing. */
export function ListingTabs({ changes, current }: { changes: number; current: Current }) {
  const t = useTranslations("cabinet.listing");
  const base = `/${useLocale()}/cabinet/listing`;
  const tab = (name: Current, path: string) => ({
    href: `${base}${path}`,
    label: t(`tabs.${name}`),
    current: name === current,
  });
  return (
    <Tabs
      label={t("tabs.label")}
      tabs={[
        tab("edit", ""),
        tab("preview", "/preview"),
        { ...tab("changes", "/changes"), ...(changes > 0 ? { count: t("tabs.count", { n: changes }) } : {}) },
        tab("history", "/history"),
      ]}
    />
  );
}
