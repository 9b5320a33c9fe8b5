import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { draftForHolder } from "@/lib/cases/queries";
import { currentDraftHolder } from "@/lib/infra/session";
import { PASSWORD_MIN } from "@/lib/people/person";
import { createAccountAction } from "../actions";

interface SearchProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.create");
  return { title: t("title") };
}

export default async function NewAccountPage({ searchParams }: SearchProps) {
  const t = await getTranslations("account.create");
  const words = await getTranslations("account.signIn");
  const { next } = await searchParams;
  // On the way from the intake: what was told there a minute ago is not asked again.
  const holder = typeof next === "string" && next.includes("/start") ? await currentDraftHolder() : null;
  const draft = holder ? await draftForHolder(holder) : null;
  return (
    <div className="mx-auto max-w-prose space-y-gap-l">
      <PageHeader title={t("title")} lead={t("lead")} />
      <Card>
        <ActionForm action={createAccountAction}>
          <input type="hidden" name="next" value={typeof next === "string" ? next : ""} />
          <Field name="name" label={t("name")} hint={t("nameHint")}>
            <TextInput autoComplete="name" required maxLength={120} defaultValue={draft?.contactName ?? ""} />
          </Field>
          <Field name="email" label={words("email")}>
            <TextInput
              type="email"
              autoComplete="username"
              required
              defaultValue={draft?.contactEmail ?? ""}
            />
          </Field>
          <Field name="password" label={words("password")} hint={t("passwordHint", { count: PASSWORD_MIN })}>
            <TextInput type="password" autoComplete="new-password" required minLength={PASSWORD_MIN} />
          </Field>
          <SubmitButton>{t("submit")}</SubmitButton>
        </ActionForm>
      </Card>
    </div>
  );
}
