import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CoverForm } from "@/components/desk/cover-form";
import { FeeForm } from "@/components/desk/fee-form";
import { OperatorAccount } from "@/components/desk/operator-account";
import { SettingsTabs } from "@/components/desk/settings-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { moneySettingsFor } from "@/lib/desk/queries/money-settings";
import { requireAnyOf } from "@/lib/infra/session";
import { dayOf } from "@/lib/kernel/day";
import { readOperatorAccounts } from "@/lib/payments/read-operator-accounts";
import {
  confirmAccountAction,
  proposeAccountAction,
  refuseAccountAction,
  saveCoverAction,
  saveOperatorFeeAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("moneySettings.money");
  return { title: t("title") };
}

export default async function MoneySettingsPage() {
  const reader = await requireAnyOf("admin", "finance");
  const now = new Date();
  const { fee, cover } = await moneySettingsFor(reader, now);
  const t = await getTranslations("moneySettings.money");
  const isAdmin = reader.role === "admin";
  return (
    <>
      <PageHeader title={t("title")} lead={t(isAdmin ? "lead" : "leadRead")} />
      <SettingsTabs here="money" reader={reader.role} />
      <div className="max-w-4xl space-y-gap-l">
        <FeeForm fee={fee} action={isAdmin ? saveOperatorFeeAction : null} />
        <OperatorAccount
          accounts={await readOperatorAccounts(reader)}
          meId={reader.personId}
          actions={{
            propose: isAdmin ? proposeAccountAction : null,
            approve: confirmAccountAction,
            refuse: refuseAccountAction,
          }}
        />
        <CoverForm cover={cover} today={dayOf(now)} action={isAdmin ? saveCoverAction : null} />
      </div>
    </>
  );
}
