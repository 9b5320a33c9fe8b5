import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MoneyTabs } from "@/components/desk/money-tabs";
import { OpinionMoney } from "@/components/desk/opinion-money";
import { PageHeader } from "@/components/ui/page-header";
import { requireFinance } from "@/lib/infra/session";
import { opinionsInMoney } from "@/lib/reviews/read-opinions";
import { payOutOpinionAction, releaseOpinionAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("opinions.desk");
  return { title: t("title") };
}

/** Fees of second opinions that are held, owed to a centre, paid to it or given back. */
export default async function OpinionMoneyPage() {
  const finance = await requireFinance();
  const opinions = await opinionsInMoney(finance);
  const t = await getTranslations("opinions.desk");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <MoneyTabs here="opinions" />
      <OpinionMoney
        opinions={opinions}
        meId={finance.personId}
        acts={{ release: releaseOpinionAction, payOut: payOutOpinionAction }}
      />
    </>
  );
}
