import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { InboxKeys } from "@/components/desk/inbox-keys";
import { InboxList } from "@/components/desk/inbox-list";
import { InboxThreadView } from "@/components/desk/inbox-thread";
import { LiveRefresh } from "@/components/messages/live-refresh";
import { MessageThread } from "@/components/messages/message-thread";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { inboxForm } from "@/lib/desk/forms/cases";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { inboxFor, type InboxThread } from "@/lib/desk/queries/inbox";
import { readerZone } from "@/lib/infra/reader-zone";
import { requireCoordinator } from "@/lib/infra/session";
import type { Coordinator } from "@/lib/kernel/actor";
import { messagesQuery } from "@/lib/messages/forms";
import { messagesOfCase } from "@/lib/messages/queries";
import { messageViewOf } from "@/lib/messages/views";
import { postMessageAction } from "../cases/[id]/messages/actions";
import { markAnsweredAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inbox");
  return { title: t("title") };
}

export default async function InboxPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const coordinator = await requireCoordinator();
  const asked = inboxForm.safeParse(paramsOf(await searchParams));
  const { thread: wanted, with: clinic, who } = asked.success ? asked.data : inboxForm.parse({});
  const now = new Date();
  const t = await getTranslations("inbox");
  const base = `/${await getLocale()}/desk/inbox`;
  const threads = await inboxFor(coordinator, now, who === "all");
  const hrefOf = (one: InboxThread) => {
    const words = {
      ...(who === "all" ? { who } : {}),
      thread: one.caseId,
      with: one.clinic?.slug ?? "patient",
    };
    return `${base}?${new URLSearchParams(words)}`;
  };
  const current = threads.find((one) => one.caseId === wanted && (one.clinic?.slug ?? "patient") === clinic);
  const next = threads.find((one) => one !== current && one.clock.dueAt !== null);
  const nextHref = next ? hrefOf(next) : null;
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        act={
          <TextLink href={who === "all" ? base : `${base}?who=all`}>
            {t(who === "all" ? "mine" : "all")}
          </TextLink>
        }
      />
      <InboxKeys next={nextHref} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-gap-l lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <div className={current ? "max-lg:order-2" : ""}>
          <InboxList threads={threads} now={now} hrefOf={hrefOf} current={current ? hrefOf(current) : null} />
        </div>
        {current ? (
          <InboxThreadView
            thread={current}
            now={now}
            next={nextHref}
            writerId={coordinator.personId}
            actions={{
              post: postMessageAction.bind(null, current.caseId),
              mark: markAnsweredAction.bind(null, current.caseId),
            }}
          >
            <LiveRefresh caseId={current.caseId} />
            <Said coordinator={coordinator} thread={current} now={now} />
          </InboxThreadView>
        ) : (
          <EmptyState title={t("pick")}>{t("pickLead")}</EmptyState>
        )}
      </div>
    </>
  );
}

/** What was said in one thread. Opening it marks it read and leaves a trace. */
async function Said({
  coordinator,
  thread,
  now,
}: {
  coordinator: Coordinator;
  thread: InboxThread;
  now: Date;
}) {
  const { caseId, audience, clinic } = thread;
  const facts = await openDeskCase(coordinator, caseId, now);
  const page = facts && (await messagesOfCase(coordinator, caseId, messagesQuery.parse({ audience })));
  const items = (page?.items ?? []).filter(({ clinicSlug }) => clinicSlug === (clinic?.slug ?? null));
  const locale = await getLocale();
  return (
    <MessageThread
      messages={items.map((one) => messageViewOf(one, coordinator.personId))}
      older={
        page?.next
          ? `/${locale}/desk/cases/${caseId}/messages?audience=${audience}&cursor=${page.next}`
          : null
      }
      locale={locale}
      zone={await readerZone()}
    />
  );
}
