import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface SecondLookProps {
  /** The hidden field that names what is looked at. */
  name: string;
  id: string;
  /** Nobody confirms what they entered. */
  isOwn: boolean;
  words: { own: string; confirm: string; reason: string; reject: string };
  action: FormAction;
}

/** What a second person says to something entered from a paper: it says so, or what is wrong. */
export function SecondLook({ name, id, isOwn, words, action }: SecondLookProps) {
  if (isOwn) return <p className="text-sm text-ink-soft">{words.own}</p>;
  return (
    <div className="flex flex-wrap items-end gap-gap">
      <ActionForm action={action}>
        <input type="hidden" name={name} value={id} />
        <input type="hidden" name="state" value="confirmed" />
        <SubmitButton>{words.confirm}</SubmitButton>
      </ActionForm>
      <ActionForm action={action} className="flex flex-wrap items-end gap-gap">
        <input type="hidden" name={name} value={id} />
        <input type="hidden" name="state" value="rejected" />
        <Field name="reason" label={words.reason}>
          <TextInput required maxLength={500} />
        </Field>
        <SubmitButton look="quiet">{words.reject}</SubmitButton>
      </ActionForm>
    </div>
  );
}
