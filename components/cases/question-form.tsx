import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { buttonClass } from "@/components/ui/button-look";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface QuestionFormProps {
  action: FormAction;
  /** Nobody has to answer it. */
  isOptional: boolean;
  children: ReactNode;
}

/** The form of one question: on is always the first button, leaving out and breaking off stand below it. */
export function QuestionForm({ action, isOptional, children }: QuestionFormProps) {
  const t = useTranslations("intake");
  return (
    <ActionForm action={action} className="space-y-gap-m">
      {children}
      <div className="space-y-gap [&_.button]:w-full sm:[&_.button]:w-auto">
        <SubmitButton>{t("submit")}</SubmitButton>{" "}
        {isOptional ? (
          <button type="submit" name="then" value="skip" className={buttonClass("quiet")}>
            {t("skip")}
          </button>
        ) : null}
      </div>
      <p>
        <button type="submit" name="then" value="later" className="link min-h-11 text-base">
          {t("later.button")}
        </button>
      </p>
    </ActionForm>
  );
}
