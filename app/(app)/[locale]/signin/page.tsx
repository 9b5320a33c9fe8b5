import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PasskeySignIn } from "@/components/people/passkey-sign-in";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { relyingParty } from "@/lib/infra/auth-passkey";
import { idleEndMinutes } from "@/lib/infra/idle-end";
import { sendLinkAction, signInAction } from "./actions";

interface SearchProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.signIn");
  return { title: t("title") };
}

export default async function SignInPage({ searchParams }: SearchProps) {
  const t = await getTranslations("account.signIn");
  const locale = await getLocale();
  const passkeys = await getTranslations("secondFactor.passkeys");
  const party = relyingParty();
  const { next, error } = await searchParams;
  const target = typeof next === "string" ? next : "";
  const quietMinutes = await idleEndMinutes(new Date());
  return (
    <div className="mx-auto max-w-prose space-y-gap-l">
      <PageHeader title={t("title")} lead={t("lead")} />
      {error === undefined ? null : <Notice tone="attention">{t("error")}</Notice>}
      {quietMinutes === null ? null : (
        <Notice>
          <p>{t("quiet", { minutes: quietMinutes })}</p>
          {target === "" ? null : <p>{t("quietBack")}</p>}
        </Notice>
      )}
      <Card>
        <ActionForm action={signInAction}>
          <input type="hidden" name="next" value={target} />
          <Field name="email" label={t("email")}>
            <TextInput type="email" autoComplete="username" required />
          </Field>
          <Field name="password" label={t("password")}>
            <TextInput type="password" autoComplete="current-password" required />
          </Field>
          <SubmitButton>{t("submit")}</SubmitButton>
        </ActionForm>
      </Card>
      <Card heading={t("linkTitle")}>
        <ActionForm action={sendLinkAction}>
          <p className="text-ink-soft">{t("linkLead")}</p>
          <input type="hidden" name="next" value={target} />
          <Field name="email" label={t("email")}>
            <TextInput type="email" autoComplete="username" required />
          </Field>
          <SubmitButton look="quiet">{t("linkSubmit")}</SubmitButton>
        </ActionForm>
        {party === null ? null : (
          <PasskeySignIn
            relyingParty={party.id}
            purpose="sign_in"
            words={{ submit: passkeys("signIn"), failed: passkeys("failed") }}
            next={target}
          />
        )}
      </Card>
      <p>
        <TextLink href={`/${locale}/signin/new${target ? `?next=${encodeURIComponent(target)}` : ""}`}>
          {t("new")}
        </TextLink>
      </p>
    </div>
  );
}
