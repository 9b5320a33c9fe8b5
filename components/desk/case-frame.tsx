import type { ReactNode } from "react";
import { useLocale, useTranslations } from "next-intl";
import { CaseKeys } from "@/components/desk/case-keys";
import { CasePalette } from "@/components/desk/case-palette";
import { DueClock } from "@/components/desk/due-clock";
import { StepWords, TreatmentWords } from "@/components/desk/step-words";
import { ActionForm } from "@/components/ui/action-form";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import type { FormAction } from "@/components/ui/form-state";
import { formatMoment } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { Tabs } from "@/components/ui/tabs";
import { StateTag } from "@/components/ui/tag";
import { type CaseStage, isEnded } from "@/lib/cases/case";
import type { CaseFacts } from "@/lib/cases/case-facts";
import { nextTarget, targetsOf } from "@/lib/desk/board-move";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { DeskCase } from "@/lib/desk/open-desk-case";

export const CASE_TABS = [
  "overview",
  "records",
  "clinics",
  "estimates",
  "booking",
  "journey",
  "messages",
  "calls",
  "log",
] as const;
export type CaseTab = (typeof CASE_TABS)[number];

interface CaseFrameProps {
  facts: DeskCase;
  /** The coordinator who looks. */
  meId: string;
  now: Date;
  current: CaseTab;
  /** Taking and moving it; already bound to the case. */
  acts: { take: FormAction; move: FormAction };
  children: ReactNode;
}

/** What stands on every page of a case: which one it is, whose it is, what is next, and the way to its parts. */
export function CaseFrame({ facts, meId, now, current, acts, children }: CaseFrameProps) {
  const t = useTranslations("desk.case");
  const base = `/${useLocale()}/desk/cases`;
  const tabs = CASE_TABS.map((tab, index) => ({
    href: tab === "overview" ? `${base}/${facts.id}` : `${base}/${facts.id}/${tab}`,
    label: t(`tabs.${tab}`),
    ...(tab === "messages" && facts.unread > 0 ? { count: t("unread", { count: facts.unread }) } : {}),
    current: tab === current,
    shortcut: String(index + 1),
  }));
  const mayTake = !isEnded(facts.stage) && facts.ownerId !== meId;
  const next = nextTarget(targetsOf(facts, meId));
  return (
    <>
      <PageHeader
        above={<Breadcrumbs label={t("crumbs")} crumbs={[{ href: base, label: t("back") }]} />}
        title={<CaseTitle facts={facts} />}
        lead={
          <>
            <bdi>{facts.contactName ?? "–"}</bdi> · <TreatmentWords slug={facts.treatment} />
          </>
        }
        act={
          mayTake ? (
            <TakeForm owner={facts.ownerName} action={acts.take} />
          ) : next?.act === "move" ? (
            <NextForm stage={next.stage} action={acts.move} />
          ) : undefined
        }
      />
      <NextStepLine facts={facts} now={now} />
      <div className="mt-gap mb-gap-l">
        <Tabs label={t("tabs.label")} tabs={tabs} />
      </div>
      <CaseKeys tabs={tabs.map(({ href }) => href)} />
      <CasePalette facts={facts} meId={meId} tabs={tabs} take={mayTake ? acts.take : null} move={acts.move} />
      {mayTake && facts.ownerId !== null && current !== "overview" ? (
        <div className="mb-gap-m">
          <Notice tone="attention">{t("notYours")}</Notice>
        </div>
      ) : null}
      {children}
    </>
  );
}

function CaseTitle({ facts }: { facts: CaseFacts }) {
  const t = useTranslations("desk");
  return (
    <span className="flex flex-wrap items-center gap-2">
      <bdi>{facts.number}</bdi>
      <StateTag tone="info">{t(`stages.${facts.stage}`)}</StateTag>
      {facts.urgent ? <StateTag tone="danger">{t("urgent")}</StateTag> : null}
    </span>
  );
}

/** The step ahead, one press away; every other one stands among the acts of the overview. */
function NextForm({ stage, action }: { stage: CaseStage; action: FormAction }) {
  const t = useTranslations("desk");
  return (
    <ActionForm action={action}>
      <input type="hidden" name="to" value={stage} />
      <SubmitButton>{t("case.moveOn", { stage: t(`stages.${stage}`) })}</SubmitButton>
    </ActionForm>
  );
}

function TakeForm({ owner, action }: { owner: string | null; action: FormAction }) {
  const t = useTranslations("desk.case");
  return (
    <ActionForm action={action}>
      <SubmitButton>{owner === null ? t("take") : t("takeOver", { name: owner })}</SubmitButton>
    </ActionForm>
  );
}

function NextStepLine({ facts, now }: { facts: CaseFacts; now: Date }) {
  const t = useTranslations("desk.case");
  const desk = useTranslations("desk");
  const causes = useTranslations("desk.causes");
  const causeOf = (cause: string) =>
    /^[a-z_]+$/.test(cause) && causes.has(cause as "death") ? causes(cause as "death") : cause;
  const locale = useLocale();
  if (isEnded(facts.stage)) {
    return (
      <p className="text-ink-soft">
        {t("ended")} {facts.cancelCause ? t("cancelCause", { cause: causeOf(facts.cancelCause) }) : null}
      </p>
    );
  }
  const owner =
    facts.ownerName ?? (facts.ownerKind === "on_call" ? desk("onCall") : desk("waitingOn.patient"));
  return (
    <div className="space-y-1">
      <dl className="flex flex-wrap gap-x-6 gap-y-1">
        <Pair term={t("owner")}>
          <bdi>{owner}</bdi>
        </Pair>
        <Pair term={t("next")}>
          <StepWords code={facts.nextAction} />
        </Pair>
        <Pair term={t("waitingOn")}>{desk(`waitingOn.${facts.waitingOn}`)}</Pair>
        <Pair term={t("due")}>
          <DueClock one={facts} now={now} />
        </Pair>
      </dl>
      {facts.holdReason && facts.holdUntil ? (
        <p>
          <StateTag>
            {t("hold", { when: formatMoment(facts.holdUntil, DESK_ZONE, locale), reason: facts.holdReason })}
          </StateTag>
        </p>
      ) : null}
    </div>
  );
}

function Pair({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex items-center gap-2">
      <dt className="text-sm text-ink-soft">{term}</dt>
      <dd className="inline-flex items-center font-semibold">{children}</dd>
    </div>
  );
}
