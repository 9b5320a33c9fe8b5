import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CaseFilters } from "@/components/desk/case-filters";
import { CaseTable } from "@/components/desk/case-table";
import { ManyCases } from "@/components/desk/many-cases";
import { ViewActs, ViewLinks } from "@/components/desk/saved-views";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { deskCasesQuery } from "@/lib/desk/forms/cases";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { unreadAtDesk } from "@/lib/desk/queries/board";
import { coordinators } from "@/lib/desk/queries/case";
import { deskCasesFor } from "@/lib/desk/queries/cases";
import { savedViewsFor } from "@/lib/desk/queries/views";
import { requireCoordinator } from "@/lib/infra/session";
import { manyCasesAction, removeViewAction, saveViewAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.cases");
  return { title: t("title") };
}

export default async function CasesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const coordinator = await requireCoordinator();
  const asked = await searchParams;
  const query = deskCasesQuery(asked);
  const page = await deskCasesFor(coordinator, query);
  const unread = await unreadAtDesk(coordinator, page.items);
  const lines = page.items.map((line) => ({ ...line, unread: unread.get(line.id) ?? 0 }));
  const views = await savedViewsFor(coordinator);
  const { stage, owner, waitingOn, q } = query;
  const filters = { stage, owner, waitingOn, q };
  const t = await getTranslations("desk.cases");
  const pager = await getTranslations("common.pager");
  const base = `/${await getLocale()}/desk/cases`;
  const colleagues = (await coordinators(coordinator)).filter(({ id }) => id !== coordinator.personId);
  const { cursor: _old, sort: _order, ...kept } = paramsOf(asked);
  const address = (more: Record<string, string>) => {
    const words = new URLSearchParams({ ...kept, ...more }).toString();
    return words === "" ? base : `${base}?${words}`;
  };
  const sorted: Record<string, string> = query.sort === "newest" ? {} : { sort: query.sort };
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
        {lines.length === 0 ? (
          <EmptyState title={t("empty")}>{t("emptyLead")}</EmptyState>
        ) : (
          <ManyCases colleagues={colleagues} action={manyCasesAction}>
            <CaseTable
              cases={lines}
              now={new Date()}
              base={base}
              order={query.sort}
              orderHref={(sort) => address(sort === "newest" ? {} : { sort })}
            />
          </ManyCases>
        )}
        <Pager
          label={pager("label")}
          firstLabel={pager("first")}
          nextLabel={pager("next")}
          {...(query.cursor ? { first: address(sorted) } : {})}
          {...(page.next ? { next: address({ ...sorted, cursor: page.next }) } : {})}
        />
      </div>
    </>
  );
}
