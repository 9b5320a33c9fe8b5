import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { AddPasskey } from "@/components/people/add-passkey";
import { AuthenticatorForm } from "@/components/people/authenticator-setup";
import { PasskeyList } from "@/components/people/passkey-list";
import { ProveByLink } from "@/components/people/prove-by-link";
import { UntilCodes } from "@/components/people/until-codes";
import { useCodeWords } from "@/components/people/code-words";
import { ActionForm } from "@/components/ui/action-form";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Checkbox } from "@/components/ui/choices";
import { Card } from "@/components/ui/card";
import { formatMoment } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { StateTag } from "@/components/ui/tag";
import { Words } from "@/i18n/words";
import type { SignedIn } from "@/lib/kernel/actor";
import { relyingParty } from "@/lib/infra/auth-passkey";
import { readerZone } from "@/lib/infra/reader-zone";
import { requireOwner } from "@/lib/infra/session";
import { authenticatorOf, countRecoveryCodes, hasPassword, owesLink, passkeysOf } from "@/lib/people/queries";
import { mailOwnLinkAction } from "../actions";
import {
  changeCodesAction,
  confirmAuthenticatorAction,
  removeAuthenticatorAction,
  removePasskeyAction,
  renamePasskeyAction,
  startAuthenticatorAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("secondFactor");
  return { title: t("title") };
}

export default async function SecondFactorPage() {
  const { owner, identity } = await requireOwner();
  const t = await getTranslations("secondFactor");
  const account = await getTranslations("account.account");
  const base = `/${await getLocale()}/account`;
  const crumbs = [{ href: base, label: account("title") }];
  const { sessionId } = identity;
  const waitsForLink = sessionId !== null && (await owesLink(owner, sessionId, new Date()));
  return (
    <>
      <PageHeader
        above={<Breadcrumbs label={t("where")} crumbs={crumbs} />}
        title={t("title")}
        lead={t("lead")}
      />
      <div className="space-y-gap-l">
        {identity.owesFactor ? (
          <Notice tone="attention" title={t("owed")}>
            {t("owedLead")}
          </Notice>
        ) : null}
        {waitsForLink ? (
          <Card heading={t("byLink.title")}>
            <ProveByLink
              email={owner.email}
              page="account/second-factor"
              here={`${base}/second-factor`}
              action={mailOwnLinkAction}
            />
          </Card>
        ) : (
          <>
            <App owner={owner} hasFactor={identity.hasFactor} />
            <Passkeys owner={owner} hasFactor={identity.hasFactor} />
          </>
        )}
        {identity.hasFactor ? <Codes owner={owner} /> : null}
      </div>
    </>
  );
}

/** The authenticator app: off, being told its secret, or on. */
async function App({ owner, hasFactor }: { owner: SignedIn; hasFactor: boolean }) {
  const t = await getTranslations("secondFactor.app");
  const app = await authenticatorOf(owner);
  if (app.state === "off")
    return (
      <Card heading={t("title")}>
        <p className="max-w-prose text-ink-soft">{t("lead")}</p>
        <ActionForm action={startAuthenticatorAction}>
          <SubmitButton>{t("start")}</SubmitButton>
        </ActionForm>
      </Card>
    );
  // One form while it is set up and once it is on: what it answers is drawn in its place, without scripts by this very page.
  const form = (
    <AuthenticatorForm
      setup={
        app.state === "started"
          ? {
              ...{ address: app.address, authenticatorKey: app.key },
              asksPassword: !hasFactor && (await hasPassword(owner)),
            }
          : null
      }
      action={confirmAuthenticatorAction}
    />
  );
  return (
    <Card heading={t("title")}>
      {form}
      {app.state === "on" ? <AppOn since={app.since} /> : null}
    </Card>
  );
}

async function AppOn({ since }: { since: Date }) {
  const t = await getTranslations("secondFactor.app");
  return (
    <>
      <p className="flex flex-wrap items-center gap-gap">
        <StateTag tone="good">{t("on")}</StateTag>
        <span className="text-ink-soft">
          {t("since", { since: formatMoment(since, await readerZone(), await getLocale()) })}
        </span>
      </p>
      <details>
        <summary className="min-h-11 content-center">{t("off")}</summary>
        <p className="mb-gap max-w-prose text-ink-soft">{t("offLead")}</p>
        <ActionForm action={removeAuthenticatorAction}>
          <SubmitButton look="danger">{t("offDo")}</SubmitButton>
        </ActionForm>
      </details>
    </>
  );
}

/** Passkeys, where our address has a name they can be bound to. */
async function Passkeys({ owner, hasFactor }: { owner: SignedIn; hasFactor: boolean }) {
  const party = relyingParty();
  if (!party) return null;
  const t = await getTranslations("secondFactor.passkeys");
  const locale = await getLocale();
  return (
    <Card heading={t("title")}>
      <p className="max-w-prose text-ink-soft">{t("lead")}</p>
      <PasskeyList
        passkeys={await passkeysOf(owner)}
        locale={locale}
        zone={await readerZone()}
        rename={renamePasskeyAction}
        remove={removePasskeyAction}
      />
      <p className="hidden max-w-prose noscript:block">{t("plain")}</p>
      <Words of={["secondFactor"]}>
        <AddPasskey
          relyingParty={party.id}
          elsewhere={`${party.origins[0]}/${locale}/account/second-factor`}
          asksPassword={!hasFactor && (await hasPassword(owner))}
        />
      </Words>
    </Card>
  );
}

async function Codes({ owner }: { owner: SignedIn }) {
  const t = await getTranslations("secondFactor.codes");
  const count = await countRecoveryCodes(owner);
  return (
    <Card heading={t("title")}>
      <p className="max-w-prose text-ink-soft">{t("left", { count })}</p>
      <p className="max-w-prose">{t("againLead")}</p>
      <CodesForm submit={t("againDo")} sure={count > 0 ? t("againSure") : null} />
    </Card>
  );
}

/** Codes on paper die with one click: where some still work, that is agreed to first. */
function CodesForm({ submit, sure }: { submit: string; sure: string | null }) {
  return (
    <ActionForm action={changeCodesAction}>
      <UntilCodes words={useCodeWords()}>
        {sure === null ? null : <Checkbox name="sure" label={sure} required />}
        <SubmitButton look="quiet">{submit}</SubmitButton>
      </UntilCodes>
    </ActionForm>
  );
}
