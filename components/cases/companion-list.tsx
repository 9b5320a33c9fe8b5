import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { formatMoment } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CompanionView } from "@/lib/cases/invitation-view";

interface CompanionListProps {
  companions: readonly CompanionView[];
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
  action: FormAction;
}

/** Who was asked to help, what they may do, and the way to end it. */
export function CompanionList({ companions, locale, zone, action }: CompanionListProps) {
  const t = useTranslations("companions");
  const shown = companions.filter((companion) => companion.state !== "ended");
  if (shown.length === 0) return <p className="text-ink-soft">{t("none")}</p>;
  const since = (companion: CompanionView) =>
    formatMoment(new Date(companion.joinedAt ?? companion.invitedAt), zone, locale);
  return (
    <ul className="divide-y divide-line">
      {shown.map((companion) => (
        <li key={companion.id} className="flex flex-wrap items-center justify-between gap-gap py-gap">
          <div>
            <p>
              <bdi className="font-semibold">{companion.name ?? companion.email}</bdi>{" "}
              <span className="text-ink-soft">
                {t(`state.${companion.state}`, { when: since(companion) })}
              </span>
            </p>
            <p className="text-sm text-ink-soft">{companion.scopes.map((scope) => t(scope)).join(", ")}</p>
          </div>
          <ActionForm action={action}>
            <input type="hidden" name="accessId" value={companion.id} />
            <SubmitButton look="quiet">{t("end")}</SubmitButton>
          </ActionForm>
        </li>
      ))}
    </ul>
  );
}
