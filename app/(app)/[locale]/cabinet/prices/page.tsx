import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PriceForm } from "@/components/cabinet/price-form";
import { PriceImport } from "@/components/cabinet/price-import";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { SHEET_COLUMNS } from "@/lib/clinics/price-sheet";
import { ownListing } from "@/lib/clinics/queries/listing";
import { TREATMENTS } from "@/lib/guides/treatment";
import { requireClinicManager } from "@/lib/infra/session";
import { importPricesAction, savePricesAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.prices");
  return { title: t("title") };
}

export default async function PricesPage() {
  const manager = await requireClinicManager();
  const { procedures } = (await ownListing(manager)).basis;
  const t = await getTranslations("cabinet.prices");
  const [lines, names] = [await getTranslations("lineTemplates"), await getTranslations("treatments")];
  const locale = await getLocale();
  const tooLarge = (await getTranslations("sheets"))("tooLarge");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="space-y-gap-xl">
        <PriceForm lines={procedures} action={savePricesAction} />
        <section aria-labelledby="lines" className="space-y-gap">
          <h2 id="lines" className="text-md">
            {lines("nav")}
          </h2>
          <p className="max-w-prose text-sm text-ink-soft">{lines("navLead")}</p>
          <ul className="list-disc space-y-2 ps-5">
            {TREATMENTS.map((treatment) => (
              <li key={treatment}>
                <TextLink href={`/${locale}/cabinet/prices/lines/${treatment}`}>{names(treatment)}</TextLink>
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="import" className="space-y-gap">
          <h2 id="import" className="text-md">
            {t("import")}
          </h2>
          <p className="max-w-prose text-sm text-ink-soft">{t("importLead")}</p>
          <p className="text-sm text-ink-soft">
            {t("columnsLead")} <code className="break-all">{SHEET_COLUMNS.join(",")}</code>
          </p>
          <PriceImport
            words={{ ...{ file: t("file"), dryRun: t("dryRun"), import: t("importDo") }, tooLarge }}
            action={importPricesAction}
          />
        </section>
      </div>
    </>
  );
}
