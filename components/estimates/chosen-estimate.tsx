import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";

interface ChosenEstimateProps {
  clinicName: string;
  /** The page of the booking. */
  booking: string;
  isBooked: boolean;
  /** Whoever only helps reads what the patient does next. */
  mayDecide: boolean;
}

/** After one was accepted: what was chosen, and the next step before everything else. */
export function ChosenEstimate({ clinicName, booking, isBooked, mayDecide }: ChosenEstimateProps) {
  const t = useTranslations("my.estimates");
  const next = isBooked ? "chosenBooked" : mayDecide ? "chosenNext" : "chosenWait";
  return (
    <Card as="section" className="border-s-4 border-s-primary">
      <h2 className="text-lg">{t("chosenTitle", { clinic: clinicName })}</h2>
      <p>{t(next)}</p>
      {isBooked || mayDecide ? (
        <p className="pt-2">
          <LinkButton look="primary" href={booking}>
            {isBooked ? t("toBooking") : t("book")}
          </LinkButton>
        </p>
      ) : null}
    </Card>
  );
}
