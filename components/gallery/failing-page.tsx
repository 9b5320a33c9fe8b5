import { useTranslations } from "next-intl";
import { FailingButton } from "@/components/gallery/failing-button";
import { MissingPart } from "@/components/ui/missing-part";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";

/** Ways in which a page can fail to be itself, each at an address of its own. */
const FAILURES = ["page", "missing", "slow", "part"] as const;

interface FailingPageProps {
  /** The number of a part that failed, if one was to. */
  missingPart: string | null;
}

/** Fails when asked to, so that every frame's answer can be seen and tested. */
export function FailingPage({ missingPart }: FailingPageProps) {
  const t = useTranslations("gallery.fail");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <ul className="space-y-gap">
        {FAILURES.map((how) => (
          <li key={how}>
            <TextLink href={`?how=${how}`}>{t(how)}</TextLink>
          </li>
        ))}
        <li>
          <FailingButton label={t("script")} />
        </li>
      </ul>
      {missingPart === null ? null : (
        <div className="mt-gap-l">
          <MissingPart reference={missingPart} here="?how=part" />
        </div>
      )}
    </>
  );
}
