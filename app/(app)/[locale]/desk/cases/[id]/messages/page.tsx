import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CaseFrame } from "@/components/desk/case-frame";
import { DeskMessageForm } from "@/components/desk/desk-message-form";
import { LiveRefresh } from "@/components/messages/live-refresh";
import { MessageThread } from "@/components/messages/message-thread";
import { Tabs } from "@/components/ui/tabs";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { readerZone } from "@/lib/infra/reader-zone";
import { requireCoordinator } from "@/lib/infra/session";
import { messagesQuery } from "@/lib/messages/forms";
import { AUDIENCES } from "@/lib/messages/message";
import { messagesOfCase, unreadThreads } from "@/lib/messages/queries";
import { messageViewOf } from "@/lib/messages/views";
import { reviewsOfCase } from "@/lib/reviews/queries";
import { moveCaseAction, takeCaseAction } from "../actions";
import { postMessageAction } from "./actions";

interface MessagesProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.case.tabs");
  return { title: t("messages") };
}

export default async function MessagesPage({ params, searchParams }: MessagesProps) {
  const coordinator = await requireCoordinator();
  const { id } = await params;
  const now = new Date();
  const facts = await openDeskCase(coordinator, id, now);
  if (!facts) notFound();
  const asked = messagesQuery.safeParse(paramsOf(await searchParams));
  const query = asked.success ? asked.data : messagesQuery.parse({});
  const audience = query.audience ?? "patient";
  const page = await messagesOfCase(coordinator, id, { ...query, audience });
  const unread = await unreadThreads(coordinator, id);
  const left = [...unread.values()].reduce((sum, count) => sum + count, 0);
  const t = await getTranslations("desk.messages");
  const words = await getTranslations("desk.case");
  const locale = await getLocale();
  const base = `/${locale}/desk/cases/${id}/messages`;
  const tabs = AUDIENCES.map((one) => ({
    href: `${base}?audience=${one}`,
    label: t(one),
    ...(unread.get(one) ? { count: words("unread", { count: unread.get(one) ?? 0 }) } : {}),
    current: one === audience,
  }));
  const reviews = audience === "centre" ? ((await reviewsOfCase(coordinator, id)) ?? []) : [];
  const clinics = new Map(reviews.map(({ clinic }) => [clinic.slug, clinic.name]));
  return (
    <CaseFrame
      facts={{ ...facts, unread: left }}
      meId={coordinator.personId}
      now={now}
      current="messages"
      acts={{ take: takeCaseAction.bind(null, id), move: moveCaseAction.bind(null, id) }}
    >
      <LiveRefresh caseId={id} />
      <div className="max-w-3xl space-y-gap-m">
        <Tabs label={t("audience")} tabs={tabs} />
        <DeskMessageForm
          writerId={coordinator.personId}
          audience={audience}
          clinics={[...clinics].map(([value, label]) => ({ value, label }))}
          action={postMessageAction.bind(null, id)}
        />
        <MessageThread
          messages={(page?.items ?? []).map((one) => messageViewOf(one, coordinator.personId))}
          older={page?.next ? `${base}?audience=${audience}&cursor=${page.next}` : null}
          locale={locale}
          zone={await readerZone()}
        />
      </div>
    </CaseFrame>
  );
}
