import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MoneyTabs } from "@/components/desk/money-tabs";
import { ReleaseDue } from "@/components/desk/release-due";
import { ReleaseList } from "@/components/desk/release-list";
import { PageHeader } from "@/components/ui/page-header";
import { requireFinance } from "@/lib/infra/session";
import { releasableFor } from "@/lib/payments/read-releasable";
import { releasesFor } from "@/lib/payments/read-releases";
import { approveReleaseAction, payReleaseAction, proposeReleaseAction, refuseReleaseAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("books.releases");
  return { title: t("title") };
}

const WAITING = ["proposed", "approved"];

export default async function ReleasesPage() {
  const finance = await requireFinance();
  const [due, releases] = await Promise.all([releasableFor(finance), releasesFor(finance)]);
  const t = await getTranslations("books.releases");
  const actions = { approve: approveReleaseAction, refuse: refuseReleaseAction, pay: payReleaseAction };
  const parts = [
    ["waiting", releases.filter((one) => WAITING.includes(one.state)), t("waitingNone")],
    ["ended", releases.filter((one) => !WAITING.includes(one.state)), t("endedNone")],
  ] as const;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <MoneyTabs here="releases" />
      <div className="space-y-gap-xl">
        <ReleaseDue due={due} propose={proposeReleaseAction} />
        {parts.map(([name, list, none]) => (
          <section key={name} aria-labelledby={name} className="space-y-1">
            <h2 id={name} className="text-md">
              {t(name)}
            </h2>
            {list.length === 0 ? <p className="text-ink-soft">{none}</p> : null}
            <ReleaseList releases={list} meId={finance.personId} actions={actions} />
          </section>
        ))}
      </div>
    </>
  );
}
