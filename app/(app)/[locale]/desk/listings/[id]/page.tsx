import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { ListingDiff } from "@/components/desk/listing-diff";
import { ActionForm } from "@/components/ui/action-form";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { TextArea } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { StateTag } from "@/components/ui/tag";
import { revisionToJudge } from "@/lib/clinics/queries/listing";
import { requireAnyOf } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { approveRevisionAction, requestChangesAction } from "./actions";

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
  const states = await getTranslations("cabinet.listing.states");
  const crumbs = await getTranslations("desk.case");
  const base = `/${await getLocale()}/desk/listings`;
  return (
    <>
      <PageHeader
        above={<Breadcrumbs label={crumbs("crumbs")} crumbs={[{ href: base, label: t("title") }]} />}
        title={
          <span className="flex flex-wrap items-center gap-2">
            <bdi>{revision.clinic.name}</bdi>{" "}
            <StateTag tone="info">{states(revision.state as "submitted")}</StateTag>
          </span>
        }
      />
      <div className="space-y-gap-l">
        <ListingDiff changes={revision.changes} />
        {revision.state === "submitted" ? (
          <div className="grid max-w-4xl gap-gap-l border-t border-line pt-gap-m md:grid-cols-2">
            <ActionForm action={approveRevisionAction.bind(null, id)}>
              <SubmitButton>{t("approve")}</SubmitButton>
            </ActionForm>
            <details>
              <summary className="link inline-flex min-h-control items-center">{t("ask")}</summary>
              <ActionForm action={requestChangesAction.bind(null, id)} className="space-y-gap py-gap">
                <Field name="reason" label={t("reason")}>
                  <TextArea required rows={3} maxLength={2000} />
                </Field>
                <SubmitButton look="quiet">{t("askDo")}</SubmitButton>
              </ActionForm>
            </details>
          </div>
        ) : null}
      </div>
    </>
  );
}
