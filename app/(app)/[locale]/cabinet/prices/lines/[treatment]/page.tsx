import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { LineTemplateForm } from "@/components/cabinet/line-template-form";
import { TemplateChoice } from "@/components/estimates/template-choice";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { ownListing } from "@/lib/clinics/queries/listing";
import { listLines, typedTemplate } from "@/lib/desk/first-lines";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { listPriceFor, NO_TEMPLATE, pickTemplate } from "@/lib/desk/queries/estimate";
import { lineTemplatesFor } from "@/lib/estimates/read-line-templates";
import { isTreatment } from "@/lib/guides/treatment";
import { requireClinicManager } from "@/lib/infra/session";
import { readTemplateLinesAction, saveLineTemplateAction } from "./actions";

interface LinesProps {
  params: Promise<{ treatment: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("lineTemplates");
  return { title: t("nav") };
}

export default async function LinesPage({ params, searchParams }: LinesProps) {
  const manager = await requireClinicManager();
  const { treatment } = await params;
  if (!isTreatment(treatment)) notFound();
  const t = await getTranslations("lineTemplates");
  const locale = await getLocale();
  const templates = await lineTemplatesFor(manager, manager.clinicId, treatment);
  const { template: wished = "", saved } = paramsOf(await searchParams);
  const template = pickTemplate(templates, wished);
  const price = await listPriceFor(manager, treatment);
  const { country } = (await ownListing(manager)).clinic;
  const words = await getTranslations("desk.builder.causes");
  const causes = {
    ...{ fixed: words("fixed"), stay: words("stay") },
    ...{ interpreter: words("interpreter"), medicine: words("medicine"), varies: words("varies") },
  };
  const names = await getTranslations("treatments");
  const place = `/${locale}/cabinet/prices/lines/${treatment}`;
  return (
    <>
      <PageHeader title={t("title", { treatment: names(treatment) })} lead={t("lead")} />
      {saved !== undefined && saved === template?.id ? (
        <div className="mb-gap">
          <Notice tone="good">{t("saved")}</Notice>
        </div>
      ) : null}
      <TemplateChoice
        templates={templates}
        chosen={template?.id ?? NO_TEMPLATE}
        hasList={price !== null}
        hrefOf={(one) => `${place}?template=${one}`}
        locale={locale}
      />
      <LineTemplateForm
        key={template?.id ?? NO_TEMPLATE}
        start={{
          currency: template?.currency ?? price?.currency ?? "EUR",
          lines: template ? typedTemplate(template) : listLines(price, causes),
        }}
        country={country}
        action={saveLineTemplateAction.bind(null, treatment)}
        read={readTemplateLinesAction.bind(null, country)}
        writerId={manager.personId}
      />
    </>
  );
}
