import { useTranslations } from "next-intl";
import { Fold } from "@/components/desk/part-frame";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/choices";
import { TextArea } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { GroupError } from "@/components/ui/group-error";
import { SubmitButton } from "@/components/ui/submit-button";
import type { StaffMember } from "@/lib/desk/queries/staff";
import { REASON_MAX, REASON_MIN } from "@/lib/people/forms";
import { rolesOf } from "@/lib/people/person";

interface StaffActsProps {
  member: StaffMember;
  changeRoles: FormAction;
  signOut: FormAction;
  removeFactors: FormAction;
}

/** What an administrator may do with a colleague's account. */
export function StaffActs({ member, changeRoles, signOut, removeFactors }: StaffActsProps) {
  const t = useTranslations("staff");
  return (
    <>
      <Card heading={t("change.title")} as="section">
        <p className="max-w-prose text-ink-soft">{t("change.lead")}</p>
        <RolesForm member={member} action={changeRoles} />
      </Card>
      <Card heading={t("signOut.title")} as="section">
        <p className="max-w-prose text-ink-soft">{t("signOut.lead")}</p>
        <ActionForm action={signOut} className="space-y-gap">
          <SubmitButton look="quiet">{t("signOut.submit")}</SubmitButton>
        </ActionForm>
      </Card>
      <Card heading={t("remove.title")} as="section">
        <LostFactors member={member} action={removeFactors} />
      </Card>
    </>
  );
}

interface StaffFormProps {
  member: StaffMember;
  action: FormAction;
}

function RolesForm({ member, action }: StaffFormProps) {
  const t = useTranslations("staff");
  return (
    <ActionForm action={action} className="max-w-prose space-y-gap-m">
      <fieldset id="roles">
        <legend className="sr-only">{t("roles")}</legend>
        <GroupError name="roles" />
        {rolesOf(member.kind).map((role, index) => (
          <Checkbox
            key={role}
            name={`roles.${index}`}
            value={role}
            label={t(`role.${role}`)}
            hint={t(`may.${role}`)}
            defaultChecked={member.roles.includes(role)}
          />
        ))}
      </fieldset>
      <SubmitButton>{t("change.submit")}</SubmitButton>
    </ActionForm>
  );
}

/** Folded while there is something to remove: nobody comes upon it by the way. */
function LostFactors({ member, action }: StaffFormProps) {
  const t = useTranslations("staff.remove");
  const { hasApp, passkeys } = member.factors;
  const hasNone = !hasApp && passkeys === 0;
  // The form stays when there is nothing left to remove: it says that it was done.
  return (
    <>
      {hasNone ? null : <p className="max-w-prose text-ink-soft">{t("lead")}</p>}
      <ActionForm action={action} className="max-w-prose space-y-gap">
        {hasNone ? (
          <p className="text-ink-soft">{t("none")}</p>
        ) : (
          <Fold title={t("open")}>
            <div className="space-y-gap-m">
              <Field name="reason" label={t("reason")} hint={t("reasonHint")}>
                <TextArea required rows={3} minLength={REASON_MIN} maxLength={REASON_MAX} />
              </Field>
              <SubmitButton look="danger">{t("submit")}</SubmitButton>
            </div>
          </Fold>
        )}
      </ActionForm>
    </>
  );
}
