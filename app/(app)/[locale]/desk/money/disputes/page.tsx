import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DisputeList } from "@/components/desk/dispute-list";
import { MoneyTabs } from "@/components/desk/money-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { requireFinance } from "@/lib/infra/session";
import { disputeAddress } from "@/lib/infra/stripe";
import { disputesFor } from "@/lib/payments/read-disputes";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("disputes");
  return { title: t("title") };
}

/** What payers' banks ask for: until when each is answered, and what came of the last. */
export default async function DisputesPage() {
  const finance = await requireFinance();
  const now = new Date();
  const disputes = await disputesFor(finance);
  const t = await getTranslations("disputes");
  const parts = [
    ["waiting", disputes.filter(({ endedAt }) => endedAt === null), t("waitingNone")],
    ["ended", disputes.filter(({ endedAt }) => endedAt !== null), t("endedNone")],
  ] as const;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <MoneyTabs here="disputes" />
      <div className="space-y-gap-xl">
        {parts.map(([name, list, none]) => (
          <section key={name} aria-labelledby={name} className="space-y-1">
            <h2 id={name} className="text-md">
              {t(name)}
            </h2>
            {list.length === 0 ? <p className="text-ink-soft">{none}</p> : null}
            <DisputeList disputes={list} now={now} pageOf={disputeAddress} />
          </section>
        ))}
      </div>
    </>
  );
}
