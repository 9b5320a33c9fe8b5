import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { CaseBoard } from "@/components/desk/case-board";
import { DueList } from "@/components/desk/due-list";
import { ViewLinks } from "@/components/desk/saved-views";
import { UnreadList } from "@/components/desk/unread-list";
import { LinkButton } from "@/components/ui/button";
import { Words } from "@/i18n/words";
import { PageHeader } from "@/components/ui/page-header";
import { boardFor, dueNextFor, unreadCasesFor } from "@/lib/desk/queries/board";
import { savedViewsFor } from "@/lib/desk/queries/views";
import { requireAnyOf } from "@/lib/infra/session";
import { moveCardAction, takeCardAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.board");
  return { title: t("title") };
}

export default async function BoardPage() {
  const person = await requireAnyOf("coordinator", "finance", "admin");
  const locale = await getLocale();
  if (person.role === "finance") redirect(`/${locale}/desk/money`);
  if (person.role === "admin") redirect(`/${locale}/desk/listings`);
  const t = await getTranslations("desk.board");
  const columns = await boardFor(person);
  const due = await dueNextFor(person);
  const unread = await unreadCasesFor(person);
  const words = await getTranslations("unread");
  const views = await savedViewsFor(person);
  const now = new Date();
  const base = `/${locale}/desk/cases`;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} act={<LinkButton href={base}>{t("all")}</LinkButton>} />
      <div className="space-y-gap-l">
        <ViewLinks views={views} base={base} />
        <section className="space-y-1" aria-labelledby="due">
          <h2 id="due" className="text-md">
            {t("dueTitle")} <span className="text-sm font-normal text-ink-soft">{t("dueLead")}</span>
          </h2>
          <DueList lines={due} now={now} base={base} />
        </section>
        {unread.length === 0 ? null : (
          <section className="space-y-1" aria-labelledby="unread">
            <h2 id="unread" className="text-md">
              {words("title")}
            </h2>
            <UnreadList lines={unread} base={base} />
          </section>
        )}
        <Words of={["moves"]}>
          <CaseBoard
            columns={columns}
            now={now}
            meId={person.personId}
            base={base}
            actions={{ move: moveCardAction, take: takeCardAction }}
          />
        </Words>
      </div>
    </>
  );
}
