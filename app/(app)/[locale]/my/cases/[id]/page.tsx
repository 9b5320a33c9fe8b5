import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { EndedBooking } from "@/components/bookings/ended-booking";
import { OpenOffer } from "@/components/bookings/open-offer";
import { OpenChange } from "@/components/bookings/open-change";
import { CasePath } from "@/components/cases/case-path";
import { CaseFactsCard } from "@/components/cases/case-facts-card";
import { ConsentWording } from "@/components/cases/consent-wording";
import { EmergencyStep } from "@/components/cases/emergency-step";
import { NextCard } from "@/components/cases/next-card";
import { NEXT_SECTION } from "@/components/cases/next-section";
import { LiveRefresh } from "@/components/messages/live-refresh";
import { ActionForm } from "@/components/ui/action-form";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/choices";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatDay, formatMoment } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { PartPlace } from "@/components/ui/part-place";
import { SubmitButton } from "@/components/ui/submit-button";
import { bookingsFor } from "@/lib/bookings/queries";
import { isEnded } from "@/lib/cases/case";
import { currentConsentText } from "@/lib/cases/consent-text";
import { visitCase } from "@/lib/cases/open-case";
import { readRights } from "@/lib/cases/read-rights";
import { type CaseView, caseViewOf } from "@/lib/cases/views";
import { clinicNames } from "@/lib/clinics/queries/clinic-names";
import { part } from "@/lib/infra/part";
import { readerZone } from "@/lib/infra/reader-zone";
import { requirePatient } from "@/lib/infra/session";
import { type DuePayment, readDuePayments } from "@/lib/payments/read-due-payments";
import { readOpenOffers } from "@/lib/logistics/read-open-offers";
import { readReturning } from "@/lib/payments/read-returning";
import { readOpenChange } from "@/lib/payments/read-open-changes";
import { reopenDraftAction } from "../../../start/actions";
import { cancelCaseAction, seenAction, submitCaseAction } from "./actions";

interface CaseProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.tabs");
  return { title: t("overview") };
}

export default async function CasePage({ params }: CaseProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const now = new Date();
  const facts = await visitCase(patient, id, now);
  if (!facts) notFound();
  const { decide: decides } = await readRights(patient, id, now);
  const view = caseViewOf(facts, "patient");
  const t = await getTranslations("my.overview");
  const stages = await getTranslations("stages");
  const locale = await getLocale();
  const section = view.emergency ? undefined : NEXT_SECTION[view.stage];
  const here = `/${locale}/my/cases/${id}`;
  const names = await part("names of centres", async () => (view.clinic ? clinicNames() : []));
  const due = view.emergency ? undefined : (await readDuePayments(patient, [id], now)).get(id);
  const change = view.emergency ? null : await readOpenChange(patient, id, now);
  const offer = view.emergency ? undefined : (await readOpenOffers(patient, [id], now)).get(id);
  const [newest] = (await bookingsFor(patient, { caseId: id, limit: 1 })).items;
  const ended = newest?.state === "cancelled" ? newest : null;
  const isYours = due !== undefined || view.waitingOn === "patient";
  const act = section ? (
    <LinkButton
      look={isYours && !offer && !change?.expiresAt ? "primary" : "quiet"}
      href={due ? `${here}/booking#${due.again ? "taken" : "payments"}` : `${here}/${section}`}
    >
      {t(due ? "go.pay" : `go.${section}`)}
    </LinkButton>
  ) : undefined;
  return (
    <>
      <LiveRefresh caseId={id} />
      <PageHeader title={stages(view.stage)} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-gap-l lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] lg:grid-rows-[auto_1fr]">
        <div className="space-y-gap-l">
          {view.emergency ? (
            <EmergencyStep
              emergency={view.emergency}
              locale={locale}
              action={decides ? seenAction.bind(null, id) : null}
            />
          ) : null}
          {ended ? (
            <EndedBooking
              booking={ended}
              back={await readReturning(patient, ended.id, locale, now)}
              statement={`${here}/statement`}
            />
          ) : null}
          {offer ? (
            <OpenOffer offer={offer} locale={locale} zone={await readerZone()} href={`${here}/booking`} />
          ) : null}
          {change ? (
            <OpenChange
              expiresAt={change.expiresAt}
              locale={locale}
              zone={await readerZone()}
              href={`${here}/booking#changes`}
            />
          ) : null}
          {view.emergency ? null : (
            <NextCard
              view={view}
              due={due}
              isBesides={Boolean(offer ?? change?.expiresAt)}
              now={now}
              locale={locale}
              zone={await readerZone()}
              act={act}
            />
          )}
          {view.stage === "draft" && decides ? (
            <Card>
              <p className="mb-gap-m">{t("unsent")}</p>
              <form action={reopenDraftAction.bind(null, id)} className="mb-gap-l">
                <SubmitButton look="quiet">{t("change")}</SubmitButton>
              </form>
              <ActionForm action={submitCaseAction.bind(null, id)}>
                <ConsentWording text={currentConsentText("triage")} />
                <Checkbox name="consent" label={t("agree")} required />
                <SubmitButton>{t("submit")}</SubmitButton>
              </ActionForm>
            </Card>
          ) : null}
        </div>
        <Card heading={t("path")} className="self-start lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <CasePath stage={view.stage} next={await whoIsNext(view, due)} />
        </Card>
        <div className="space-y-gap-l">
          <PartPlace part={names} name={t("facts")} here={here}>
            {(found) => (
              <CaseFactsCard
                view={view}
                clinic={found.find(({ slug }) => slug === view.clinic)?.name}
                locale={locale}
              />
            )}
          </PartPlace>
          {isEnded(view.stage) || !decides ? null : (
            <details>
              <summary className="link inline-flex min-h-11 items-center">{t("cancel")}</summary>
              <Card className="mt-gap">
                <ActionForm action={cancelCaseAction.bind(null, id)}>
                  <p className="text-ink-soft">{t("cancelLead")}</p>
                  <Field name="cause" label={t("cause")}>
                    <TextInput required maxLength={200} />
                  </Field>
                  <SubmitButton look="danger">{t("cancel")}</SubmitButton>
                </ActionForm>
              </Card>
            </details>
          )}
        </div>
      </div>
    </>
  );
}

/** "Your coordinator, by 23 Nov 2026, 14:52 GMT+7", for the stage the case is in. */
async function whoIsNext(
  { waitingOn, nextDueAt }: CaseView,
  due: DuePayment | undefined,
): Promise<string | null> {
  const t = await getTranslations("my.next");
  const locale = await getLocale();
  if (due?.dueOn === null) return t("who.patient");
  if (due) return t("whoBy", { who: t("who.patient"), when: formatDay(due.dueOn, locale) });
  if (waitingOn === "nobody" || nextDueAt === null) return null;
  const when = formatMoment(new Date(nextDueAt), await readerZone(), locale);
  return t("whoBy", { who: t(`who.${waitingOn}`), when });
}
