import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { formatMoney } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { OfferView } from "@/lib/payments/opinion-view";

interface OpinionOffersProps {
  offers: readonly OfferView[];
  /** Null for somebody who may not order. */
  action: FormAction | null;
  /** Where a centre is let into the case. */
  clinicsPage: string;
}

/** The centres that give a second opinion, each with its fee, who gets it, and the button that orders it. */
export function OpinionOffers({ offers, action, clinicsPage }: OpinionOffersProps) {
  const t = useTranslations("opinions");
  const locale = useLocale();
  if (offers.length === 0) return <p className="text-ink-soft">{t("noOffers")}</p>;
  return (
    <div className="space-y-gap">
      {action ? null : <p className="text-ink-soft">{t("onlyOwner")}</p>}
      <ul className="divide-y divide-line">
        {offers.map(({ clinic, fee, answerDays, termsVersion, hasConsent }) => {
          const amount = formatMoney(BigInt(fee.amount), fee.currency, locale);
          return (
            <li key={clinic.slug} className="space-y-gap py-gap first:pt-0">
              <p>
                <span className="block font-semibold">
                  <bdi>{clinic.name}</bdi>
                </span>
                <span className="tabular">
                  {t("fee")}: <bdi>{amount}</bdi>
                </span>
                <span className="block text-base text-ink-soft">
                  {t("payee", { clinic: clinic.name, legalName: clinic.legalName })}
                </span>
              </p>
              {hasConsent ? null : (
                <p>
                  {t("consentFirst")} <TextLink href={clinicsPage}>{t("toClinics")}</TextLink>
                </p>
              )}
              {action && hasConsent ? (
                <ActionForm action={action}>
                  <input type="hidden" name="clinic" value={clinic.slug} />
                  <input type="hidden" name="amount" value={fee.amount} />
                  <input type="hidden" name="currency" value={fee.currency} />
                  <input type="hidden" name="answerDays" value={answerDays} />
                  <input type="hidden" name="termsVersion" value={termsVersion} />
                  <SubmitButton>{t("order", { amount })}</SubmitButton>
                </ActionForm>
              ) : null}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
