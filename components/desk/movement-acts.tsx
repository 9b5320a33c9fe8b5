import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { EXPLANATION_CAUSE_NAMES } from "@/lib/payments/explanation";
import type { UnexplainedMovement } from "@/lib/payments/read-movements";

export interface MovementActions {
  explain: FormAction;
  confirm: FormAction;
  refuse: FormAction;
}

interface MovementActsProps {
  movement: UnexplainedMovement;
  meId: string;
  actions: MovementActions;
}

/** What finance does with an unexplained movement: one says what it is, another confirms or says no. */
export function MovementActs({ movement, meId, actions }: MovementActsProps) {
  const t = useTranslations("desk.money.movements");
  const { explanation } = movement;
  if (!explanation) return <Explain movementId={movement.id} action={actions.explain} />;
  const isOwn = explanation.proposedById === meId;
  const named = <input type="hidden" name="explanationId" value={explanation.id} />;
  return (
    <div className="w-full max-w-sm space-y-gap">
      {isOwn ? (
        <p className="text-sm text-ink-soft">{t("own")}</p>
      ) : (
        <ActionForm action={actions.confirm}>
          {named}
          <SubmitButton>{t("confirm")}</SubmitButton>
        </ActionForm>
      )}
      <ActionForm action={actions.refuse}>
        {named}
        <SubmitButton look="quiet">{t(isOwn ? "takeBack" : "refuse")}</SubmitButton>
      </ActionForm>
    </div>
  );
}

function Explain({ movementId, action }: { movementId: string; action: FormAction }) {
  const t = useTranslations("desk.money.movements");
  const causes = EXPLANATION_CAUSE_NAMES.map((value) => ({ value, label: t(`causes.${value}`) }));
  return (
    <details className="w-full max-w-sm">
      <summary className="link inline-flex min-h-11 items-center">{t("explain")}</summary>
      <ActionForm action={action} className="space-y-gap py-gap">
        <input type="hidden" name="movementId" value={movementId} />
        <Field name="cause" label={t("cause")}>
          <Select empty="–" options={causes} required />
        </Field>
        <Field name="note" label={t("note")} hint={t("noteHint")}>
          <TextInput maxLength={300} autoComplete="off" dir="auto" required />
        </Field>
        <SubmitButton look="quiet">{t("propose")}</SubmitButton>
      </ActionForm>
    </details>
  );
}
