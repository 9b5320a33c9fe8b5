import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface SecondWordProps {
  /** The hidden field that names what was proposed. */
  name: string;
  id: string;
  /** Nobody approves what they proposed; they may take it back by refusing it. */
  isOwn: boolean;
  words: { own: string; approve: string; refuse: string; reason: string; refuseDo: string };
  actions: { approve: FormAction; refuse: FormAction };
  /** What was shown beside it and is said yes to with it. */
  shown?: { name: string; value: string };
  /** Why nobody can approve it yet. */
  blocked?: string;
}

/** What is said to money that somebody proposed to send: another person approves it, or it is refused for a reason. */
export function SecondWord({ name, id, isOwn, words, actions, shown, blocked }: SecondWordProps) {
  const named = <input type="hidden" name={name} value={id} />;
  return (
    <>
      {isOwn || blocked ? (
        <p className="text-ink-soft">{isOwn ? words.own : blocked}</p>
      ) : (
        <ActionForm action={actions.approve}>
          {named}
          {shown ? <input type="hidden" name={shown.name} value={shown.value} /> : null}
          <SubmitButton>{words.approve}</SubmitButton>
        </ActionForm>
      )}
      <details>
        <summary className="link inline-flex min-h-11 items-center">{words.refuse}</summary>
        <ActionForm action={actions.refuse} className="space-y-gap">
          {named}
          <Field name="reason" label={words.reason}>
            <TextInput maxLength={500} autoComplete="off" dir="auto" required />
          </Field>
          <SubmitButton look="quiet">{words.refuseDo}</SubmitButton>
        </ActionForm>
      </details>
    </>
  );
}
