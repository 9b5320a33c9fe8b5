import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface ProveByLinkProps {
  email: string;
  /** The page that waits for the proof, below the language: the link leads back to it. */
  page: "account" | "account/second-factor";
  /** Its whole address. */
  here: string;
  action: FormAction;
}

/** Offers the one proof an owner without a password can give: a link in a mail, opened in this browser. */
export function ProveByLink({ email, page, here, action }: ProveByLinkProps) {
  const t = useTranslations("secondFactor.byLink");
  return (
    <>
      <p className="max-w-prose">{t("lead", { email })}</p>
      <ActionForm action={action} className="space-y-gap">
        <input type="hidden" name="page" value={page} />
        <SubmitButton>{t("send")}</SubmitButton>
      </ActionForm>
      <p>
        <a className="link inline-flex min-h-11 items-center" href={here}>
          {t("back")}
        </a>
      </p>
    </>
  );
}
