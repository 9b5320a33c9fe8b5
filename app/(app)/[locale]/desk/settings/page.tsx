import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AgeLimits } from "@/components/desk/age-limits";
import { AidsSwitch } from "@/components/desk/aids-switch";
import { OpinionFees } from "@/components/desk/opinion-fees";
import { SellerForm } from "@/components/desk/seller-form";
import { SettingsTabs } from "@/components/desk/settings-tabs";
import { TaxRules } from "@/components/desk/tax-rules";
import { PageHeader } from "@/components/ui/page-header";
import { settingsFor } from "@/lib/desk/queries/settings";
import { requireAnyOf } from "@/lib/infra/session";
import {
  changeAidsAction,
  saveAgeLimitsAction,
  saveOpinionFeesAction,
  saveSellerAction,
  saveTaxRulesAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

export default async function SettingsPage() {
  const admin = await requireAnyOf("admin");
  const { ages, aids, tax, seller, opinions } = await settingsFor(admin);
  const t = await getTranslations("settings");
  const seen = (at: Date | null) => at?.toISOString() ?? "";
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <SettingsTabs here="general" reader="admin" />
      <div className="max-w-4xl space-y-gap-l">
        <AgeLimits lines={ages.lines} seenAt={seen(ages.changedAt)} action={saveAgeLimitsAction} />
        <AidsSwitch on={aids.on} seenAt={seen(aids.changedAt)} action={changeAidsAction} />
        <OpinionFees
          fees={opinions.fees}
          clinics={opinions.clinics}
          seenAt={seen(opinions.changedAt)}
          action={saveOpinionFeesAction}
        />
        <SellerForm seller={seller.seller} seenAt={seen(seller.changedAt)} action={saveSellerAction} />
        <TaxRules rules={tax.rules} seenAt={seen(tax.changedAt)} action={saveTaxRulesAction} />
      </div>
    </>
  );
}
