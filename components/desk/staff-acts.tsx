import { useTranslations } from "next-intl";
import { IdentityCheck } from "@/components/desk/identity-check";
import { Fold } from "@/components/desk/part-frame";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/choices";
import type { FormAction } from "@/components/ui/form-state";
import { GroupError } from "@/components/ui/group-error";
import { SubmitButton } from "@/components/ui/submit-button";
import type { StaffMember } from "@/lib/desk/queries/staff";
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
      {/* Changed by this form or by somebody else meanwhile: the boxes begin anew with what holds. */}
      <fieldset id="roles" key={member.roles.join(" ")}>
        {member.roles.map((role, index) => (
          <input key={role} type="hidden" name={`seen.${index}`} value={role} />
        ))}
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
              <IdentityCheck />
              <SubmitButton look="danger">{t("submit")}</SubmitButton>
            </div>
          </Fold>
        )}
      </ActionForm>
    </>
  );
}
