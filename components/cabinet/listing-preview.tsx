import { useTranslations } from "next-intl";
import { ClinicPage } from "@/components/clinics/clinic-page";
import { Notice } from "@/components/ui/notice";
import type { ClinicFacts } from "@/lib/clinics/views/catalogue";

interface ListingPreviewProps {
  clinic: ClinicFacts;
  locale: string;
  /** Of which state of the listing it is made. */
  lead: string;
}

/** The public page as a draft or a proposal would make it, under a band that says it is not public. */
export function ListingPreview({ clinic, locale, lead }: ListingPreviewProps) {
  const t = useTranslations("cabinet.listing.preview");
  return (
    <>
      <div className="sticky top-0 z-10">
        <Notice tone="attention" title={t("band")}>
          {lead}
        </Notice>
      </div>
      <div
        data-density="quiet"
        className="overflow-x-auto rounded-md border border-line bg-paper p-4 sm:p-gap-l"
      >
        <ClinicPage clinic={clinic} locale={locale} />
      </div>
    </>
  );
}
