import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DeskMessageForm } from "@/components/desk/desk-message-form";
import { ThreadClock } from "@/components/desk/inbox-list";
import { ActionForm } from "@/components/ui/action-form";
import { LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { InboxThread } from "@/lib/desk/queries/inbox";

interface InboxThreadProps {
  thread: InboxThread;
  now: Date;
  /** The next thread that waits; null when this is the last. */
  next: string | null;
  /** Who writes. */
  writerId: string;
  actions: { post: FormAction; mark: FormAction };
  /** What was said, newest first. */
  children: ReactNode;
}

/** One thread with the place for its answer, and the way to the next. */
export function InboxThreadView({ thread, now, next, writerId, actions, children }: InboxThreadProps) {
  const t = useTranslations("inbox");
  const base = `/${useLocale()}/desk/cases/${thread.caseId}`;
  const { clinic } = thread;
  return (
    <section aria-labelledby="thread" className="min-w-0 space-y-gap-m">
      <header className="flex flex-wrap items-start justify-between gap-gap">
        <div className="min-w-0 space-y-1">
          <h2 id="thread" className="text-lg">
            <bdi>{thread.contactName ?? thread.number}</bdi>
          </h2>
          <p className="text-ink-soft">
            <TextLink href={base}>
              <bdi>{thread.number}</bdi>
            </TextLink>{" "}
            · <bdi>{clinic?.name ?? t("patient")}</bdi>
          </p>
          <ThreadClock thread={thread} now={now} />
        </div>
        {next === null ? null : <LinkButton href={next}>{t("next")}</LinkButton>}
      </header>
      <div data-answer>
        <DeskMessageForm
          key={`${thread.caseId}-${clinic?.slug ?? ""}`}
          audience={thread.audience}
          clinics={clinic ? [{ value: clinic.slug, label: clinic.name }] : []}
          action={actions.post}
          writerId={writerId}
        />
      </div>
      {thread.clock.dueAt === null || thread.clock.kind === "first" ? null : (
        <ActionForm action={actions.mark}>
          {clinic ? <input type="hidden" name="clinic" value={clinic.slug} /> : null}
          <SubmitButton look="quiet">{t("notNeeded")}</SubmitButton>
        </ActionForm>
      )}
      {children}
    </section>
  );
}
