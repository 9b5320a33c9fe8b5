import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CompanionScope } from "@/lib/cases/invitation";

interface InvitationCardProps {
  from: { name: string; email: string };
  scopes: readonly CompanionScope[];
  token: string;
  action: FormAction;
}

/** Who asks for help and what the helper may do, before they say yes. */
export function InvitationCard({ from, scopes, token, action }: InvitationCardProps) {
  const t = useTranslations("companions.invitation");
  return (
    <Card>
      <dl className="space-y-gap">
        <div>
          <dt className="text-ink-soft">{t("who")}</dt>
          <dd>
            <bdi className="font-semibold wrap-anywhere">{from.name}</bdi>
            <br />
            <bdi className="wrap-anywhere">{from.email}</bdi>
          </dd>
        </div>
        <div>
          <dt className="text-ink-soft">{t("may")}</dt>
          <dd>
            <ul className="list-disc ps-5">
              {scopes.map((scope) => (
                <li key={scope}>{t(`acts.${scope}`)}</li>
              ))}
            </ul>
            <p className="mt-2">{t("rest")}</p>
          </dd>
        </div>
      </dl>
      <ActionForm action={action}>
        <input type="hidden" name="token" value={token} />
        <p className="text-ink-soft">{t("unknown")}</p>
        <SubmitButton>{t("accept")}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
