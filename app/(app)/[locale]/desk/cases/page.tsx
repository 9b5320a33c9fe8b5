import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CaseFilters } from "@/components/desk/case-filters";
import { CaseTable } from "@/components/desk/case-table";
import { RowKeys } from "@/components/desk/row-keys";
import { ViewActs, ViewLinks } from "@/components/desk/saved-views";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { casesForActor } from "@/lib/cases/queries";
import { deskCasesQuery } from "@/lib/desk/forms/cases";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { unreadAtDesk } from "@/lib/desk/queries/board";
import { savedViewsFor } from "@/lib/desk/queries/views";
import { requireCoordinator } from "@/lib/infra/session";
import { removeViewAction, saveViewAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.cases");
  return { title: t("title") };
}

export default async function CasesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const coordinator = await requireCoordinator();
  const asked = await searchParams;
  const query = deskCasesQuery(asked);
  const page = await casesForActor(coordinator, query);
  const unread = await unreadAtDesk(coordinator, page.items);
  const lines = page.items.map((line) => ({ ...line, unread: unread.get(line.id) ?? 0 }));
  const views = await savedViewsFor(coordinator);
  const { stage, owner, waitingOn, q } = query;
  const filters = { stage, owner, waitingOn, q };
  const t = await getTranslations("desk.cases");
  const pager = await getTranslations("common.pager");
  const base = `/${await getLocale()}/desk/cases`;
  const address = (cursor: string | null) => {
    const { cursor: _old, ...filters } = paramsOf(asked);
    return `${base}?${new URLSearchParams(cursor === null ? filters : { ...filters, cursor })}`;
  };
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="space-y-gap-m">
        <ViewLinks views={views} base={base} current={filters} />
        <CaseFilters query={query} action={base} />
        <ViewActs
          views={views}
          current={filters}
          save={saveViewAction.bind(null, filters)}
          remove={removeViewAction}
        />
        <RowKeys label={t("keys")}>
          <CaseTable cases={lines} now={new Date()} base={base} />
        </RowKeys>
        <Pager
          label={pager("label")}
          firstLabel={pager("first")}
          nextLabel={pager("next")}
          {...(query.cursor ? { first: address(null) } : {})}
          {...(page.next ? { next: address(page.next) } : {})}
        />
      </div>
    </>
  );
}
