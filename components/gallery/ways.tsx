import { useTranslations } from "next-intl";
import { Densities, Section } from "@/components/gallery/section";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { Steps } from "@/components/ui/steps";
import { Tabs } from "@/components/ui/tabs";

export function Ways() {
  const t = useTranslations("gallery.say");
  const tabs = [
    { href: "#overview", label: t("overview"), current: true },
    { href: "#records", label: t("records") },
    { href: "#messages", label: t("messages"), count: t("new") },
    { href: "#estimates", label: t("estimates") },
    { href: "#booking", label: t("booking") },
  ];
  const steps = [
    { key: "sent", title: t("sent"), state: "done" as const, stateLabel: t("stepDone") },
    {
      key: "read",
      title: t("reading"),
      state: "now" as const,
      stateLabel: t("stepNow"),
      who: t("readingWho"),
    },
    { key: "answer", title: t("answer"), state: "later" as const, stateLabel: t("stepLater") },
    { key: "travel", title: t("travel"), state: "later" as const, stateLabel: t("stepLater") },
  ];
  const crumbs = [
    { href: "#start", label: t("start") },
    { href: "#germany", label: t("germany") },
    { href: "#centre", label: <bdi>{t("centre")}</bdi> },
  ];
  return (
    <Section name="ways">
      <Densities>
        <PageHeader
          above={<Breadcrumbs label={t("here")} crumbs={crumbs} />}
          title={t("pageTitle")}
          lead={t("pageLead")}
          act={<Button look="primary">{t("noneAct")}</Button>}
        />
        <Tabs label={t("tabs")} tabs={tabs} />
        <Steps label={t("path")} steps={steps} />
        <Pager label={t("pages")} first="#first" next="#next" firstLabel={t("first")} nextLabel={t("next")} />
      </Densities>
    </Section>
  );
}
