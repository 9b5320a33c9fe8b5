import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { AccountChoice, BalanceDay, ExportForm } from "@/components/desk/account-forms";
import { AccountTable } from "@/components/desk/account-table";
import { MoneyTabs } from "@/components/desk/money-tabs";
import { TrialBalance } from "@/components/desk/trial-balance";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { requireFinance } from "@/lib/infra/session";
import { dayOf, isDay } from "@/lib/kernel/day";
import { accountForm } from "@/lib/payments/forms";
import { bookingNumbersOf } from "@/lib/payments/queries";
import { accountStatement, trialBalanceAt } from "@/lib/payments/read-account";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("books.accounts");
  return { title: t("title") };
}

/** The empty fields of a form the browser sends by itself say nothing. */
function saidOf(asked: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ""));
}

/** A day that was chosen before: whoever asked for a sheet and had to sign in first finds their days again. */
function dayIn(asked: Readonly<Record<string, string>>, name: string): string | undefined {
  const day = asked[name];
  return day !== undefined && isDay(day) ? day : undefined;
}

const ENTRIES_SHOWN = 20;

export default async function AccountsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const finance = await requireFinance();
  const asked = saidOf(paramsOf(await searchParams));
  const on = dayIn(asked, "on");
  const read = accountForm.safeParse({ limit: ENTRIES_SHOWN, ...asked });
  const balances = await trialBalanceAt(finance, on);
  const statement = read.success ? await accountStatement(finance, read.data) : null;
  const numbers = await bookingNumbersOf(finance, statement?.rows ?? []);
  const t = await getTranslations("books.accounts");
  const pager = await getTranslations("common.pager");
  const base = `/${await getLocale()}/desk/money/accounts`;
  const { cursor: _old, ...filters } = asked;
  const address = (more: Record<string, string>) =>
    `${base}?${new URLSearchParams({ ...filters, ...more })}#statement`;
  const today = dayOf(new Date());
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <MoneyTabs here="accounts" />
      <div className="space-y-gap-xl">
        <div className="space-y-gap-m">
          <BalanceDay action={base} on={on} />
          <TrialBalance balances={balances} />
        </div>
        <section aria-labelledby="statement" className="space-y-gap-m">
          <h2 id="statement" className="text-md">
            {t("statement")}
          </h2>
          <AccountChoice
            action={base}
            asked={asked}
            currencies={[...new Set(balances.map((row) => row.currency))]}
          />
          {statement ? <AccountTable statement={statement} numbers={numbers} /> : null}
          <Pager
            label={pager("label")}
            firstLabel={pager("first")}
            nextLabel={pager("next")}
            {...(read.data?.cursor ? { first: address({}) } : {})}
            {...(statement?.next ? { next: address({ cursor: statement.next }) } : {})}
          />
        </section>
        <ExportForm
          action={`${base}/export`}
          from={dayIn(asked, "from") ?? `${today.slice(0, 7)}-01`}
          to={dayIn(asked, "to") ?? today}
        />
      </div>
    </>
  );
}
