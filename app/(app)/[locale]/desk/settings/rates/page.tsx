import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RateForm } from "@/components/desk/rate-form";
import { RateTable } from "@/components/desk/rate-table";
import { SettingsTabs } from "@/components/desk/settings-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { DEMO_RATE_SOURCE } from "@/lib/clinics/rate-source";
import { DESK_ZONE } from "@/lib/desk/clock";
import { wallAt } from "@/lib/desk/forms/journey";
import { ratesFor } from "@/lib/desk/queries/rates";
import { QUOTES } from "@/lib/estimates/exchange-rate";
import { requireAnyOf } from "@/lib/infra/session";
import { recordRatesAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("moneySettings.rates");
  return { title: t("title") };
}

export default async function RatesPage() {
  const reader = await requireAnyOf("admin", "finance");
  const now = new Date();
  const { lines, kept } = await ratesFor(reader, now);
  const t = await getTranslations("moneySettings.rates");
  const isAdmin = reader.role === "admin";
  const source = kept.find((one) => one.source !== DEMO_RATE_SOURCE)?.source;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <SettingsTabs here="rates" reader={reader.role} />
      <div className="max-w-4xl space-y-gap-l">
        {isAdmin ? (
          <RateForm
            quotes={QUOTES}
            source={source}
            nowAt={wallAt(now, DESK_ZONE)}
            zone={DESK_ZONE}
            action={recordRatesAction}
          />
        ) : null}
        <RateTable lines={lines} kept={kept} />
      </div>
    </>
  );
}
