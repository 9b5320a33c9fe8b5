import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { Conversation } from "@/components/messages/conversation";
import { MessageForm } from "@/components/messages/message-form";
import { LiveRefresh } from "@/components/messages/live-refresh";
import { NewestInView } from "@/components/messages/newest-in-view";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { caseForActor } from "@/lib/cases/queries";
import { readRights } from "@/lib/cases/read-rights";
import { readerZone } from "@/lib/infra/reader-zone";
import { requirePatient } from "@/lib/infra/session";
import { messagesQuery } from "@/lib/messages/forms";
import { messagesOfCase } from "@/lib/messages/queries";
import { messageViewOf } from "@/lib/messages/views";
import { postMessageAction } from "./actions";

interface MessagesProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.messages");
  return { title: t("title") };
}

export default async function MessagesPage({ params, searchParams }: MessagesProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const query = messagesQuery.safeParse(await searchParams);
  const page = await messagesOfCase(patient, id, query.success ? query.data : { limit: 50 });
  if (!page) notFound();
  const { write: writes } = await readRights(patient, id, new Date());
  const isUnsent = (await caseForActor(patient, id))?.submittedAt === null;
  const t = await getTranslations("my.messages");
  const locale = await getLocale();
  const isNewest = !query.success || query.data.cursor === undefined;
  return (
    <div className="max-w-prose">
      <LiveRefresh caseId={id} />
      <PageHeader title={t("title")} lead={t(isUnsent ? "unsent" : "lead")} />
      <div className="mb-gap-m">
        <Conversation
          messages={page.items.map((facts) => messageViewOf(facts, patient.personId))}
          older={page.next ? `/${locale}/my/cases/${id}/messages?cursor=${page.next}` : null}
          locale={locale}
          zone={await readerZone()}
        />
      </div>
      {isNewest ? null : (
        <p className="mb-gap-m">
          <TextLink href={`/${locale}/my/cases/${id}/messages`}>{t("newest")}</TextLink>
        </p>
      )}
      {writes && isNewest ? (
        <MessageForm action={postMessageAction.bind(null, id)} writerId={patient.personId} />
      ) : null}
      <NewestInView newest={isNewest ? page.items[0]?.id : undefined} />
    </div>
  );
}
