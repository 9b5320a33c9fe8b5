import { useLocale, useTranslations } from "next-intl";
import { ShownLink } from "@/components/records/shown-link";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatBytes, formatMoment } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { StateTag } from "@/components/ui/tag";
import { LINK_DAYS } from "@/lib/records/link";
import type { LinkView } from "@/lib/records/views/upload-link";

interface UploadLinksProps {
  links: readonly LinkView[];
  /** IANA name of the reader's zone. */
  zone: string;
  create: FormAction;
  revoke: FormAction;
}

/** Makes a link for an imaging centre, and tells what came by each. */
export function UploadLinks({ links, zone, create, revoke }: UploadLinksProps) {
  const t = useTranslations("uploadLinks");
  return (
    <div className="space-y-gap-l">
      <Card heading={t("make")}>
        <ActionForm action={create} id="new-link">
          <ShownLink words={{ title: t("madeTitle"), lead: t("madeLead"), copy: t("copy") }} />
          <Field name="name" label={t("name")} hint={t("nameHint")}>
            <TextInput maxLength={80} required autoComplete="off" dir="auto" />
          </Field>
          <Field name="note" label={t("note")} hint={t("noteHint")}>
            <TextInput maxLength={300} autoComplete="off" dir="auto" />
          </Field>
          <Field name="days" label={t("days")}>
            <Select
              required
              defaultValue="7"
              options={LINK_DAYS.map((days) => ({ value: String(days), label: t("forDays", { days }) }))}
            />
          </Field>
          <SubmitButton>{t("makeDo")}</SubmitButton>
        </ActionForm>
      </Card>
      <Card heading={t("list")}>
        {links.length === 0 ? (
          <p className="text-ink-soft">{t("none")}</p>
        ) : (
          <ul className="divide-y divide-line">
            {links.map((link) => (
              <LinkRow key={link.id} link={link} zone={zone} revoke={revoke} />
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}

const TONES = { open: "good", expired: "still", revoked: "still" } as const;

function LinkRow({ link, zone, revoke }: { link: LinkView; zone: string; revoke: FormAction }) {
  const t = useTranslations("uploadLinks");
  const locale = useLocale();
  const when = (at: string) => formatMoment(new Date(at), zone, locale);
  const { files, sizeBytes, lastAt } = link;
  return (
    <li className="flex flex-wrap items-start justify-between gap-gap py-gap">
      <div className="min-w-0 flex-1 basis-60 space-y-1">
        <p className="flex flex-wrap items-center gap-gap">
          <bdi className="font-semibold wrap-anywhere">{link.name}</bdi>
          <StateTag tone={TONES[link.state]}>{t(`state.${link.state}`)}</StateTag>
        </p>
        <p className="text-sm">
          {lastAt
            ? t("came", { files, size: formatBytes(sizeBytes, locale), when: when(lastAt) })
            : t("nothing")}
        </p>
        <p className="text-sm text-ink-soft">
          {t("reference")} <bdi className="whitespace-nowrap">{link.reference}</bdi> ·{" "}
          {t("until", { when: when(link.expiresAt) })}
        </p>
        {link.note ? (
          <p className="text-sm text-ink-soft">
            <bdi>{link.note}</bdi>
          </p>
        ) : null}
      </div>
      {link.state === "open" ? (
        <ActionForm action={revoke} id={`revoke-${link.id}`}>
          <input type="hidden" name="linkId" value={link.id} />
          <SubmitButton look="quiet">{t("revoke")}</SubmitButton>
        </ActionForm>
      ) : null}
    </li>
  );
}
