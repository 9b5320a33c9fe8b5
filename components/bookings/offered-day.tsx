import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { formatMoment, formatWeekday } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";

interface OfferedDayProps {
  offer: { on: string; expiresAt: string };
  clinicName: string;
  /** The last of the days they wait for: none comes after it. */
  isLast: boolean;
  /** The reader's zone, or the centre's. */
  zone: string;
  locale: string;
  decline: FormAction;
  /** The form that takes the day. */
  children: ReactNode;
}

/** A day that is kept for this patient alone: until when, what taking it means, and how to say no. */
export function OfferedDay(props: OfferedDayProps) {
  const { offer, clinicName, isLast, zone, locale, decline, children } = props;
  const t = useTranslations("waiting.offer");
  const when = formatMoment(new Date(offer.expiresAt), zone, locale);
  return (
    <div className="space-y-gap-m">
      <Notice title={t("title", { day: formatWeekday(offer.on, locale) })}>
        <p>{t("lead", { clinic: clinicName, when })}</p>
        <p>{t("silent")}</p>
      </Notice>
      <Card>
        <p className="mb-gap-m max-w-prose text-ink-soft">{t(isLast ? "howLast" : "how")}</p>
        {children}
      </Card>
      <ActionForm id="decline-offer" action={decline}>
        <SubmitButton look="quiet">{t("decline")}</SubmitButton>
      </ActionForm>
    </div>
  );
}
