import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { formatMoment, formatWeekday } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { WaitingView } from "@/lib/logistics/views/waiting";

interface WaitingCardProps {
  entry: WaitingView;
  zone: string;
  locale: string;
  leave: FormAction;
}

/** Somebody waits for a day: for which, how far in line, what was offered before, and the way out. */
export function WaitingCard({ entry, zone, locale, leave }: WaitingCardProps) {
  const t = useTranslations("waiting.entry");
  const states = useTranslations("waiting.offerStates");
  const treatments = useTranslations("treatments");
  const passed = entry.offers.filter((offer) => offer.state !== "open");
  return (
    <Card heading={t(entry.hasDaysLeft ? "title" : "noneLeft")}>
      <div className="max-w-prose space-y-gap">
        <p>
          {t(entry.fromOn === entry.toOn ? "leadDay" : "lead", {
            clinic: entry.clinicName,
            treatment: treatments(entry.treatment as "teer"),
            from: formatWeekday(entry.fromOn, locale),
            to: formatWeekday(entry.toOn, locale),
          })}
        </p>
        {entry.hasDaysLeft ? (
          <>
            {entry.position === null ? null : (
              <p className="font-semibold">{t("place", { position: entry.position })}</p>
            )}
            <p className="text-ink-soft">{t("how")}</p>
          </>
        ) : (
          <p>{t("noneLeftLead")}</p>
        )}
        {passed.length === 0 ? null : (
          <section>
            <h3 className="text-md">{t("passed")}</h3>
            <ul className="divide-y divide-line">
              {passed.map((offer) => (
                <li key={offer.id} className="flex flex-wrap justify-between gap-x-4 py-2">
                  <span>{formatWeekday(offer.on, locale)}</span>
                  <span className="text-ink-soft">
                    {states(offer.state, { when: formatMoment(new Date(offer.expiresAt), zone, locale) })}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <ActionForm id="leave-waiting" action={leave}>
          <SubmitButton look="quiet">{t(entry.hasDaysLeft ? "leave" : "leaveForOthers")}</SubmitButton>
        </ActionForm>
      </div>
    </Card>
  );
}
