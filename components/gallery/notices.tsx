import { useTranslations } from "next-intl";
import { Densities, Section } from "@/components/gallery/section";
import { ToldStates } from "@/components/gallery/told-states";
import { ClockArc } from "@/components/ui/clock-arc";
import { Notice } from "@/components/ui/notice";
import { StateTag, Tag } from "@/components/ui/tag";
import { ValveMark } from "@/components/ui/valve-mark";

export function Notices() {
  const t = useTranslations("gallery.say");
  const form = useTranslations("common.form");
  return (
    <Section name="notices">
      <Densities>
        <Notice title={t("infoTitle")}>{t("info")}</Notice>
        <Notice tone="attention">{t("attention")}</Notice>
        <Notice tone="danger">{t("danger")}</Notice>
        <Notice tone="good">{t("good")}</Notice>
        <p className="flex flex-wrap gap-2">
          <StateTag>{t("closedTag")}</StateTag>
          <StateTag tone="info">{t("waiting")}</StateTag>
          <StateTag tone="good">{t("done")}</StateTag>
          <StateTag tone="attention">{t("late")}</StateTag>
          <StateTag tone="danger">{t("urgent")}</StateTag>
          <Tag>{t("device")}</Tag>
          <Tag>{t("route")}</Tag>
        </p>
        <p className="flex flex-wrap gap-x-6 gap-y-2">
          <ClockArc gone={0.1} label={t("left")} />
          <ClockArc gone={0.5} label={t("half")} />
          <ClockArc gone={0.8} label={t("soon")} />
          <ClockArc gone={1.2} label={t("over")} />
        </p>
        <p className="flex flex-wrap items-center gap-4 text-primary">
          {[0, 0.25, 0.5, 0.75, 1].map((opening) => (
            <ValveMark key={opening} opening={opening} size={opening === 0 ? 24 : 40} />
          ))}
          <ValveMark size={64} beats />
        </p>
      </Densities>
      <ToldStates
        hindrance={{
          title: form("unsent"),
          message: form("signedOut"),
          link: { href: "#notices", label: form("signIn") },
        }}
        words={{
          ...{ told: t("told"), undo: t("undo"), close: t("close") },
          ...{ open: t("openDialog"), dialog: t("dialog") },
        }}
      />
    </Section>
  );
}
