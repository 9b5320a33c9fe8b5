import { useTranslations } from "next-intl";
import { ForgetPages } from "@/components/shell/forget-pages";
import { ForgetKept } from "@/components/ui/kept-draft";
import { SubmitButton } from "@/components/ui/submit-button";

interface SignOutProps {
  name: string;
  action: () => Promise<void>;
}

/** Who is signed in, and the way out. */
export function SignOut({ name, action }: SignOutProps) {
  const t = useTranslations("common.nav");
  return (
    <form action={action} className="flex items-center gap-gap">
      <bdi className="hidden text-sm text-ink-soft lg:inline">{name}</bdi>
      <SubmitButton look="quiet">{t("signOut")}</SubmitButton>
      <ForgetKept />
      <ForgetPages />
    </form>
  );
}
