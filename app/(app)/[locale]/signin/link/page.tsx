import { getTranslations } from "next-intl/server";
import { LinkSignIn } from "@/components/people/link-sign-in";
import { PageHeader } from "@/components/ui/page-header";

export default async function SignInLinkPage() {
  const t = await getTranslations("account.link");
  return (
    <div className="mx-auto max-w-prose">
      <PageHeader title={t("title")} lead={t("lead")} />
      <LinkSignIn submit={t("submit")} missing={t("missing")} />
    </div>
  );
}
