import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { ReviewFrame } from "@/components/cabinet/review-frame";
import { LiveRefresh } from "@/components/messages/live-refresh";
import { MessageLimit } from "@/components/messages/message-limit";
import { MessageThread } from "@/components/messages/message-thread";
import { ActionForm } from "@/components/ui/action-form";
import { TextArea } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { ownClinic } from "@/lib/desk/queries/cabinet";
import { readerZone } from "@/lib/infra/reader-zone";
import { requireClinicReviewer } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { messagesQuery } from "@/lib/messages/forms";
import { messagesOfCase, unreadOfCases } from "@/lib/messages/queries";
import { messageViewOf } from "@/lib/messages/views";
import { reviewForActor } from "@/lib/reviews/queries";
import { reviewViewOf } from "@/lib/reviews/views/review";
import { postToOperatorAction } from "./actions";

interface MessagesProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.review.tabs");
  return { title: t("messages") };
}

export default async function MessagesPage({ params, searchParams }: MessagesProps) {
  const reviewer = await requireClinicReviewer();
  const { id } = await params;
  const review = isUuid(id) ? await reviewForActor(reviewer, id) : null;
  if (!review) notFound();
  const asked = messagesQuery.safeParse(paramsOf(await searchParams));
  const query = asked.success ? asked.data : messagesQuery.parse({});
  const page = await messagesOfCase(reviewer, review.caseId, query);
  const { timeZone } = await ownClinic(reviewer);
  const unread = (await unreadOfCases(reviewer, [review.caseId])).get(review.caseId) ?? 0;
  const t = await getTranslations("cabinet.messages");
  const locale = await getLocale();
  const base = `/${locale}/cabinet/reviews/${id}/messages`;
  return (
    <ReviewFrame
      review={reviewViewOf(review, "clinic_reviewer")}
      zone={timeZone}
      unread={unread}
      current="messages"
    >
      <LiveRefresh caseId={review.caseId} />
      <div className="max-w-3xl space-y-gap-m">
        <ActionForm
          action={postToOperatorAction.bind(null, review.caseId)}
          className="space-y-gap"
          keep={reviewer.personId}
        >
          <Field name="body" label={t("write")} hint={t("lead")}>
            <TextArea required rows={4} />
          </Field>
          <MessageLimit />
          <SubmitButton>{t("send")}</SubmitButton>
        </ActionForm>
        <MessageThread
          messages={(page?.items ?? []).map((one) => messageViewOf(one, reviewer.personId))}
          older={page?.next ? `${base}?cursor=${page.next}` : null}
          locale={locale}
          zone={await readerZone()}
        />
      </div>
    </ReviewFrame>
  );
}
