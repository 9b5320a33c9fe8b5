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
import { PartPlace } from "@/components/ui/part-place";
import { boardFor, dueNextFor, type UnreadLine, unreadCasesFor } from "@/lib/desk/queries/board";
import { savedViewsFor } from "@/lib/desk/queries/views";
import { part } from "@/lib/infra/part";
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
  const now = new Date();
  const columns = await part("board", () => boardFor(person));
  const due = await part("due next", () => dueNextFor(person, now));
  const unread = await part("unread cases", () => unreadCasesFor(person));
  const views = await part("saved views", () => savedViewsFor(person));
  const words = await getTranslations("unread");
  const saved = await getTranslations("desk.views");
  const here = `/${locale}/desk`;
  const base = `${here}/cases`;
  return (
    <>
      <PageHeader title={t("title")} act={<LinkButton href={base}>{t("all")}</LinkButton>} />
      <div className="space-y-gap-m">
        <PartPlace part={views} name={saved("title")} here={here}>
          {(found) => <ViewLinks views={found} base={base} />}
        </PartPlace>
        <PartPlace part={due} name={t("dueTitle")} here={here}>
          {(lines) => (
            <section className="space-y-1" aria-labelledby="due">
              <h2 id="due" className="text-base">
                {t("dueTitle")} <span className="text-sm font-normal text-ink-soft">{t("dueLead")}</span>
              </h2>
              <DueList lines={lines} now={now} base={base} />
            </section>
          )}
        </PartPlace>
        <PartPlace part={unread} name={words("title")} here={here}>
          {(lines) => <UnreadCases title={words("title")} lines={lines} base={base} />}
        </PartPlace>
        <PartPlace part={columns} name={t("title")} here={here}>
          {(found) => (
            <Words of={["moves"]}>
              <CaseBoard
                columns={found}
                now={now}
                meId={person.personId}
                base={base}
                actions={{ move: moveCardAction, take: takeCardAction }}
              />
            </Words>
          )}
        </PartPlace>
      </div>
    </>
  );
}

interface UnreadCasesProps {
  title: string;
  lines: readonly UnreadLine[];
  base: string;
}

function UnreadCases({ title, lines, base }: UnreadCasesProps) {
  if (lines.length === 0) return null;
  return (
    <section className="flex flex-wrap items-center gap-x-gap-m" aria-labelledby="unread">
      <h2 id="unread" className="text-base">
        {title}
      </h2>
      <UnreadList lines={lines} base={base} />
    </section>
  );
}
