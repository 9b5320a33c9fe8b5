import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { InboxTable } from "@/components/cabinet/inbox-table";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { inboxFor, ownClinic } from "@/lib/desk/queries/cabinet";
import { requireClinicReviewer } from "@/lib/infra/session";
import { unreadOfCases } from "@/lib/messages/queries";
import { reviewsQuery } from "@/lib/reviews/forms";
import { reviewsForActor } from "@/lib/reviews/queries";
import { isBinding, isOpen } from "@/lib/reviews/review";
import { type ReviewFacts, reviewViewOf } from "@/lib/reviews/views/review";
import { TextLink } from "@/components/ui/text-link";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.inbox");
  return { title: t("title") };
}

export default async function InboxPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const person = await requireClinicReviewer();
  const locale = await getLocale();
  const asked = reviewsQuery.safeParse(paramsOf(await searchParams));
  const query = asked.success ? asked.data : reviewsQuery.parse({});
  const inbox = await inboxFor(person);
  const { timeZone } = await ownClinic(person);
  const page = await reviewsForActor(person, query);
  const over = page.items.filter(
    (review) => isBinding(review) || (review.state !== "decided" && !isOpen(review.state)),
  );
  const shown = [...inbox.open, ...inbox.unsigned, ...over].map(({ caseId }) => caseId);
  const unread = await unreadOfCases(person, shown);
  const show = (review: ReviewFacts) => ({
    ...reviewViewOf(review, "clinic_reviewer"),
    unread: unread.get(review.caseId) ?? 0,
  });
  const t = await getTranslations("cabinet.inbox");
  const shared = { zone: timeZone, base: `/${locale}/cabinet/reviews`, now: new Date() };
  const nothing = (sentence: string) => <p className="text-ink-soft">{sentence}</p>;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="space-y-gap-xl">
        <InboxTable
          {...shared}
          id="open"
          heading={t("open")}
          reviews={inbox.open.map(show)}
          empty={<EmptyState title={t("none")}>{t("noneLead")}</EmptyState>}
        />
        <InboxTable
          {...shared}
          id="unsigned"
          heading={t("unsigned")}
          reviews={inbox.unsigned.map(show)}
          empty={nothing(t("noUnsigned"))}
        />
        <div>
          <InboxTable
            {...shared}
            id="answered"
            heading={t("answered")}
            reviews={over.map(show)}
            empty={nothing(t("noAnswered"))}
          />
          {page.next ? (
            <TextLink href={`/${locale}/cabinet/reviews?cursor=${page.next}#answered`}>{t("older")}</TextLink>
          ) : null}
        </div>
      </div>
    </>
  );
}
