import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { formatMoment } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { HelperView } from "@/lib/cases/invitation-view";

interface HelperListProps {
  helpers: readonly HelperView[];
  locale: string;
  action: FormAction;
}

/** Who was asked to help, what they may do, and the way to end it. */
export function HelperList({ helpers, locale, action }: HelperListProps) {
  const t = useTranslations("helpers");
  const shown = helpers.filter((helper) => helper.state !== "ended");
  if (shown.length === 0) return <p className="text-ink-soft">{t("none")}</p>;
  const since = (helper: HelperView) =>
    formatMoment(new Date(helper.joinedAt ?? helper.invitedAt), "UTC", locale);
  return (
    <ul className="divide-y divide-line">
      {shown.map((helper) => (
        <li key={helper.id} className="flex flex-wrap items-center justify-between gap-gap py-gap">
          <div>
            <p>
              <bdi className="font-semibold">{helper.name ?? helper.email}</bdi>{" "}
              <span className="text-ink-soft">{t(`state.${helper.state}`, { when: since(helper) })}</span>
            </p>
            <p className="text-sm text-ink-soft">{helper.scopes.map((scope) => t(scope)).join(", ")}</p>
          </div>
          <ActionForm action={action}>
            <input type="hidden" name="accessId" value={helper.id} />
            <SubmitButton look="quiet">{t("end")}</SubmitButton>
          </ActionForm>
        </li>
      ))}
    </ul>
  );
}
