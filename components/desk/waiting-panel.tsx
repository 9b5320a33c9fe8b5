import { useTranslations } from "next-intl";
import { JoinWaiting } from "@/components/bookings/join-waiting";
import { Days, History } from "@/components/desk/waiting-table";
import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { WaitingView } from "@/lib/logistics/views/waiting";

export interface WaitingActs {
  leave: (entryId: string) => FormAction;
  decline: (offerId: string) => FormAction;
  /** Puts the case on a list; null where it cannot wait. */
  join: { treatments: readonly string[]; from: string; action: FormAction } | null;
}

interface WaitingPanelProps {
  entries: readonly WaitingView[];
  locale: string;
  acts: WaitingActs;
}

/** What a case waits and has waited for, with the acts of the desk. */
export function WaitingPanel({ entries, locale, acts }: WaitingPanelProps) {
  const t = useTranslations("waiting");
  const treatments = useTranslations("treatments");
  const isWaiting = entries.some(({ state }) => state === "waiting");
  if (entries.length === 0 && !acts.join) return null;
  return (
    <section className="space-y-gap border-t border-line py-gap-m">
      <h2 className="text-md">{t("title")}</h2>
      {entries.map((entry) => (
        <article key={entry.id} className="space-y-2">
          <h3 className="font-semibold">
            <bdi>{entry.clinicName}</bdi> · {treatments(entry.treatment as "teer")}
            {entry.position === null ? "" : ` · ${t("desk.place")} ${entry.position}`}
          </h3>
          <p className="text-sm text-ink-soft">
            <Days row={entry} locale={locale} />
            {entry.reason ? <span dir="auto"> · {entry.reason}</span> : null}
          </p>
          <History row={entry} locale={locale} />
          {entry.state === "waiting" ? <Acts entry={entry} acts={acts} /> : null}
        </article>
      ))}
      {acts.join && !isWaiting ? <JoinWaiting {...acts.join} hasDays={false} reader="coordinator" /> : null}
    </section>
  );
}

function Acts({ entry, acts }: { entry: WaitingView; acts: WaitingActs }) {
  const t = useTranslations("waiting.desk");
  const open = entry.offers.find(({ state }) => state === "open");
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-2">
      {open ? (
        <ActionForm id={`decline-${open.id}`} action={acts.decline(open.id)}>
          <SubmitButton look="quiet">{t("decline")}</SubmitButton>
        </ActionForm>
      ) : null}
      <ActionForm id={`leave-${entry.id}`} action={acts.leave(entry.id)}>
        <SubmitButton look="quiet">{t("end")}</SubmitButton>
      </ActionForm>
    </div>
  );
}
