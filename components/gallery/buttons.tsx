import { useTranslations } from "next-intl";
import { Densities, Section } from "@/components/gallery/section";
import { Button, LinkButton } from "@/components/ui/button";
import { PlainLink, PlainLinkButton } from "@/components/ui/plain-link";
import { TextLink } from "@/components/ui/text-link";

export function Buttons() {
  const t = useTranslations("gallery.say");
  return (
    <Section name="buttons">
      <p className="max-w-prose text-ink-soft">{t("focus")}</p>
      <Densities>
        <p className="flex flex-wrap gap-3">
          <Button look="primary">{t("send")}</Button>
          <Button>{t("save")}</Button>
          <Button look="danger">{t("remove")}</Button>
        </p>
        <p className="flex flex-wrap gap-3">
          <Button look="primary" disabled>
            {t("asleep")}
          </Button>
          <Button disabled>{t("asleep")}</Button>
          <Button look="primary" aria-disabled>
            {t("save")} <span className="font-normal">{t("busy")}</span>
          </Button>
        </p>
        <p>
          <Button look="primary">{t("long")}</Button>
        </p>
        <p className="flex flex-wrap items-center gap-3">
          <LinkButton href="#buttons">{t("noneAct")}</LinkButton>
          <PlainLinkButton href="#buttons" look="primary">
            {t("noneAct")}
          </PlainLinkButton>
          <TextLink href="#buttons">{t("link")}</TextLink>
          <PlainLink href="#buttons">{t("link")}</PlainLink>
        </p>
      </Densities>
    </Section>
  );
}
