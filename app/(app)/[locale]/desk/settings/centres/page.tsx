import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ClinicTermsForm } from "@/components/desk/clinic-terms-form";
import { ClinicTermsTable } from "@/components/desk/clinic-terms-table";
import { SettingsTabs } from "@/components/desk/settings-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { clinicTermsFor } from "@/lib/desk/queries/clinic-terms";
import { requireAnyOf } from "@/lib/infra/session";
import { dayOf } from "@/lib/kernel/day";
import { changeClinicTermsAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("moneySettings.centres");
  return { title: t("title") };
}

export default async function CentresPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const reader = await requireAnyOf("admin", "finance");
  const rows = await clinicTermsFor(reader);
  const { centre } = paramsOf(await searchParams);
  const t = await getTranslations("moneySettings.centres");
  const base = `/${await getLocale()}/desk/settings/centres`;
  const isAdmin = reader.role === "admin";
  const chosen = isAdmin ? rows.find(({ slug }) => slug === centre) : undefined;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <SettingsTabs here="centres" reader={reader.role} />
      <div className="max-w-4xl space-y-gap-l">
        {chosen ? (
          <ClinicTermsForm terms={chosen} today={dayOf(new Date())} action={changeClinicTermsAction} />
        ) : null}
        <ClinicTermsTable rows={rows} hrefOf={isAdmin ? (slug) => `${base}?centre=${slug}` : null} />
      </div>
    </>
  );
}
