import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";

interface WishedClinicProps {
  clinic: { name: string; city: string };
  /** Takes the wish over, for somebody with a draft who has just come from the centre's page. */
  take: (() => Promise<void>) | undefined;
}

/** The centre somebody came from, so that they see it was not forgotten, and that it sees nothing yet. */
export function CameFromClinic({ clinic, take }: WishedClinicProps) {
  const t = useTranslations("intake.clinic");
  const { name, city } = clinic;
  return (
    <div className="mb-gap-m">
      <Notice title={t(take === undefined ? "kept" : "came", { name, city })}>
        <p>{t("wish")}</p>
        {take === undefined ? null : (
          <form action={take}>
            <SubmitButton look="quiet">{t("with")}</SubmitButton>
          </form>
        )}
      </Notice>
    </div>
  );
}

interface KeptClinicProps {
  clinic: { name: string; city: string };
  remove: () => Promise<void>;
}

/** The same in one line, on every later step. */
export function KeptClinic({ clinic, remove }: KeptClinicProps) {
  const t = useTranslations("intake.clinic");
  const { name, city } = clinic;
  return (
    <div className="mb-gap-m border-s-4 border-primary ps-4">
      <p>{t("kept", { name, city })}</p>
      <form action={remove}>
        <button type="submit" className="link min-h-11 text-sm">
          {t("without")}
        </button>
      </form>
    </div>
  );
}
