import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { RemarkList } from "@/components/cabinet/remarks";
import { ListingDiff } from "@/components/desk/listing-diff";
import { ListingJudgement } from "@/components/desk/listing-judgement";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { LinkButton } from "@/components/ui/button";
import { formatMoment } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { StateTag } from "@/components/ui/tag";
import { revisionToJudge } from "@/lib/clinics/queries/listing";
import { DESK_ZONE } from "@/lib/desk/clock";
import { requireAnyOf } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { approveRevisionAction, rejectRevisionAction, requestChangesAction } from "./actions";
import { REVISION_TONES } from "@/components/cabinet/revision-tones";

interface RevisionProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.listings");
  return { title: t("title") };
}

export default async function RevisionPage({ params }: RevisionProps) {
  const approver = await requireAnyOf("admin", "coordinator");
  const { id } = await params;
  const revision = isUuid(id) ? await revisionToJudge(approver, id) : null;
  if (!revision) notFound();
  const t = await getTranslations("desk.listings");
  const judge = await getTranslations("cabinet.judge");
  const states = await getTranslations("cabinet.listing.states");
  const crumbs = await getTranslations("desk.case");
  const locale = await getLocale();
  const base = `/${locale}/desk/listings`;
  const when = (at: Date) => formatMoment(at, DESK_ZONE, locale);
  const { author, decider, submittedAt, decidedAt, state } = revision;
  return (
    <>
      <PageHeader
        above={<Breadcrumbs label={crumbs("crumbs")} crumbs={[{ href: base, label: t("title") }]} />}
        title={
          <span className="flex flex-wrap items-center gap-2">
            <bdi>{revision.clinic.name}</bdi>{" "}
            <StateTag tone={REVISION_TONES[state]}>{states(state)}</StateTag>
          </span>
        }
        lead={
          <>
            {submittedAt ? <p>{judge("sentBy", { name: author ?? "–", when: when(submittedAt) })}</p> : null}
            {decidedAt ? <p>{judge("decidedBy", { name: decider ?? "–", when: when(decidedAt) })}</p> : null}
          </>
        }
        act={<LinkButton href={`${base}/${id}/preview`}>{judge("preview")}</LinkButton>}
      />
      <div className="space-y-gap-l">
        {revision.reason ? <p dir="auto">{revision.reason}</p> : null}
        <RemarkList remarks={revision.remarks} />
        <ListingDiff changes={revision.changes} {...(state === "submitted" ? { remarkForm: "ask" } : {})} />
        {state === "submitted" ? (
          <ListingJudgement
            approve={approveRevisionAction.bind(null, id)}
            ask={requestChangesAction.bind(null, id)}
            reject={rejectRevisionAction.bind(null, id)}
          />
        ) : (
          <p className="text-ink-soft">{judge(`over.${state}`)}</p>
        )}
      </div>
    </>
  );
}
