import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { InvoiceAddressForm } from "@/components/documents/invoice-address-form";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput, Select, type Option } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { type CaseStage, mayMoveByHand, STAGES } from "@/lib/cases/case";

export interface CaseActions {
  move: FormAction;
  assign: FormAction;
  hold: FormAction;
  address: FormAction;
  wake: FormAction;
  cancel: FormAction;
}

interface CaseActsProps {
  stage: CaseStage;
  isHeld: boolean;
  colleagues: readonly { id: string; name: string }[];
  /** "2026-05-04": the first day a hold may end on. */
  tomorrow: string;
  /** Where its invoices are addressed to; null where nobody said. */
  address: string | null;
  actions: CaseActions;
}

/** What the owner of a case may do with it by hand, each folded until it is wanted. */
export function CaseActs({ stage, isHeld, colleagues, tomorrow, address, actions }: CaseActsProps) {
  const t = useTranslations("desk.acts");
  const stages = useTranslations("desk.stages");
  const invoices = useTranslations("invoices.address");
  const moves = STAGES.filter((to) => to !== "cancelled" && mayMoveByHand("coordinator", stage, to));
  const mayCancel = mayMoveByHand("coordinator", stage, "cancelled");
  return (
    <section aria-labelledby="acts" className="divide-y divide-line border-y border-line">
      <h2 id="acts" className="sr-only">
        {t("title")}
      </h2>
      {moves.length > 0 ? (
        <Act title={t("move")}>
          <MoveForm moves={moves.map((to) => ({ value: to, label: stages(to) }))} action={actions.move} />
        </Act>
      ) : null}
      <Act title={t("assign")}>
        <ActionForm action={actions.assign}>
          <Field name="coordinatorId" label={t("assignTo")}>
            <Select
              required
              empty={t("choose")}
              options={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Field>
          <SubmitButton look="quiet">{t("assignDo")}</SubmitButton>
        </ActionForm>
      </Act>
      <Act title={isHeld ? t("wake") : t("hold")}>
        {isHeld ? (
          <ActionForm action={actions.wake}>
            <SubmitButton look="quiet">{t("wake")}</SubmitButton>
          </ActionForm>
        ) : (
          <HoldForm tomorrow={tomorrow} action={actions.hold} />
        )}
      </Act>
      <Act title={invoices("deskTitle")}>
        <p className="mb-gap text-sm text-ink-soft">{invoices("deskLead")}</p>
        <InvoiceAddressForm lines={address} action={actions.address} />
      </Act>
      {mayCancel ? (
        <Act title={t("cancel")}>
          <ActionForm action={actions.cancel}>
            <p className="text-ink-soft">{t("cancelLead")}</p>
            <Field name="cause" label={t("cause")}>
              <TextInput required maxLength={200} />
            </Field>
            <SubmitButton look="danger">{t("cancelDo")}</SubmitButton>
          </ActionForm>
        </Act>
      ) : null}
    </section>
  );
}

function Act({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="group py-1">
      <summary className="link inline-flex min-h-control items-center">{title}</summary>
      <div className="pt-1 pb-3">{children}</div>
    </details>
  );
}

function MoveForm({ moves, action }: { moves: readonly Option[]; action: FormAction }) {
  const t = useTranslations("desk.acts");
  return (
    <ActionForm action={action}>
      <p className="text-sm text-ink-soft">{t("moveLead")}</p>
      <Field name="to" label={t("move")}>
        <Select required empty={t("choose")} options={moves} />
      </Field>
      <Field name="reason" label={t("reason")} hint={t("reasonHint")}>
        <TextInput maxLength={1000} />
      </Field>
      <SubmitButton look="quiet">{t("moveDo")}</SubmitButton>
    </ActionForm>
  );
}

function HoldForm({ tomorrow, action }: { tomorrow: string; action: FormAction }) {
  const t = useTranslations("desk.acts");
  return (
    <ActionForm action={action}>
      <Field name="until" label={t("holdUntil")}>
        <TextInput type="date" required min={tomorrow} />
      </Field>
      <Field name="reason" label={t("holdReason")}>
        <TextInput required maxLength={300} />
      </Field>
      <SubmitButton look="quiet">{t("holdDo")}</SubmitButton>
    </ActionForm>
  );
}
