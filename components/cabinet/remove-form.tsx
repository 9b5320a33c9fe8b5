import { Fold } from "@/components/desk/part-frame";
import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface RemoveFormProps {
  title: string;
  label: string;
  action: FormAction;
}

/** Taking something out of the draft: folded, so that no slip of the finger does it. */
export function RemoveForm({ title, label, action }: RemoveFormProps) {
  return (
    <Fold title={title}>
      <ActionForm action={action}>
        <SubmitButton look="danger">{label}</SubmitButton>
      </ActionForm>
    </Fold>
  );
}
