import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { MoneyTabs } from "@/components/desk/money-tabs";
import { ReleaseDue } from "@/components/desk/release-due";
import { ReleaseFilters } from "@/components/desk/release-filters";
import { ReleaseList } from "@/components/desk/release-list";
import { ReleaseStuck } from "@/components/desk/release-stuck";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { requireFinance } from "@/lib/infra/session";
import { releaseFilterForm } from "@/lib/payments/payee-form";
import { releasableFor } from "@/lib/payments/read-releasable";
import { endedReleasesFor, releasedClinicsFor, waitingReleasesFor } from "@/lib/payments/read-releases";
import {
  approveReleaseAction,
  confirmAccountAction,
  confirmRecallAction,
  payReleaseAction,
  proposeAccountAction,
  assignPayeeAction,
  proposeReleaseAction,
  recallReleaseAction,
  refuseAccountAction,
  refuseRecallAction,
  refuseReleaseAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("books.releases");
  return { title: t("title") };
}

const ACTIONS = {
  approve: approveReleaseAction,
  refuse: refuseReleaseAction,
  pay: payReleaseAction,
  recall: recallReleaseAction,
  confirmRecall: confirmRecallAction,
  refuseRecall: refuseRecallAction,
  account: {
    propose: proposeAccountAction,
    approve: confirmAccountAction,
    refuse: refuseAccountAction,
  },
};

export default async function ReleasesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const finance = await requireFinance();
  const asked = paramsOf(await searchParams);
  const read = releaseFilterForm.safeParse(asked);
  const filter = read.success ? read.data : {};
  const isNarrow = filter.payee !== undefined || filter.state !== undefined;
  const [due, clinics, waiting, ended] = await Promise.all([
    releasableFor(finance, asked["due"]),
    releasedClinicsFor(finance),
    waitingReleasesFor(finance, asked["waiting"], filter),
    endedReleasesFor(finance, asked["ended"], filter),
  ]);
  const t = await getTranslations("books.releases");
  const parts = [
    ["waiting", waiting, t("waitingNone")],
    ["ended", ended, t("endedNone")],
  ] as const;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <MoneyTabs here="releases" />
      <div className="space-y-gap-xl">
        <div>
          <ReleaseDue due={due.due} propose={proposeReleaseAction} />
          <ReleaseStuck lines={due.waiting} name={assignPayeeAction} />
          <More name="due" asked={asked} next={due.next} />
        </div>
        <ReleaseFilters clinics={clinics} payee={filter.payee ?? ""} state={filter.state ?? ""} />
        {parts.map(([name, list, none]) => (
          <section key={name} aria-labelledby={name} className="space-y-1">
            <h2 id={name} className="text-md">
              {t(name)}
            </h2>
            {list.items.length === 0 ? (
              <p className="text-ink-soft">{isNarrow ? t("noneFits") : none}</p>
            ) : null}
            <ReleaseList releases={list.items} meId={finance.personId} actions={ACTIONS} />
            <More name={name} asked={asked} next={list.next} />
          </section>
        ))}
      </div>
    </>
  );
}

/** The way to the following rows of one list; the other lists stay where they are. */
async function More({
  name,
  asked,
  next,
}: {
  name: string;
  asked: Record<string, string>;
  next: string | null;
}) {
  const pager = await getTranslations("common.pager");
  const base = `/${await getLocale()}/desk/money/releases`;
  const { [name]: here, ...others } = asked;
  const address = (more: Record<string, string>) =>
    `${base}?${new URLSearchParams({ ...others, ...more })}#${name}`;
  return (
    <Pager
      label={pager("label")}
      firstLabel={pager("first")}
      nextLabel={pager("next")}
      {...(here ? { first: address({}) } : {})}
      {...(next ? { next: address({ [name]: next }) } : {})}
    />
  );
}
