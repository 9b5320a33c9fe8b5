import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FormLeaf } from "@/components/ui/form-leaf";
import { KeptDraft } from "@/components/ui/kept-draft";
import type { FormAction } from "@/components/ui/form-state";

interface ActionFormProps {
  action: FormAction;
  children: ReactNode;
  id?: string;
  className?: string;
  /** Whose unsent words are kept in this tab until they are sent: the id of the person signed in. Give several forms of one page an `id`. */
  keep?: string;
}

/**
 * A form of a server action: shows refusals beside their fields and in a summary, keeps what was typed, works
 * without JavaScript. Put Fields and one SubmitButton inside. Server components only; a client island uses FormLeaf.
 */
export function ActionForm({ action, children, id, className = "space-y-gap-m", keep }: ActionFormProps) {
  const t = useTranslations("common.form");
  const locale = useLocale();
  const unsent = {
    title: t("unsent"),
    signed_out: t("signedOut"),
    offline: t("offline"),
    signIn: { href: `/${locale}/signin`, label: t("signIn") },
    confirm: { href: `/${locale}/account/confirm`, label: t("confirm") },
  };
  return (
    <FormLeaf action={action} problem={t("problem")} unsent={unsent} id={id} className={className}>
      {children}
      {keep === undefined ? null : (
        <KeptDraft owner={keep} words={{ kept: t("kept"), discard: t("discard") }} />
      )}
    </FormLeaf>
  );
}
