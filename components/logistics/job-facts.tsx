import { useTranslations } from "next-intl";
import { type Fact, FactsLabel } from "@/components/ui/facts";
import { formatLanguage, formatMoment } from "@/components/ui/format";
import type { SupplierJob } from "@/lib/logistics/views/part";

/** When, where, for whom, and what the work needs. */
export function JobFacts({ job, locale }: { job: SupplierJob; locale: string }) {
  const t = useTranslations("job");
  const states = useTranslations("journey.states");
  const purposes = useTranslations("journey.purposes");
  const side = job.kind === "transfer" ? ("ride" as const) : ("talk" as const);
  const when = (at: string) => formatMoment(new Date(at), job.timeZone, locale);
  const needs = (["wheelchair", "stretcher", "oxygen"] as const).filter((need) => job[need]);
  const purpose = job.appointment;
  const fact = (term: Parameters<typeof t>[0], value: string | number | null): Fact[] =>
    value === null || value === "" ? [] : [{ term: t(term), value: <bdi>{value}</bdi> }];
  const facts = [
    ...fact("state", states(`${side}.${job.state}` as "ride.done")),
    ...fact("name", job.firstName),
    ...fact("starts", when(job.startsAt)),
    ...(job.kind === "interpreter" ? fact("ends", when(job.endsAt)) : []),
    ...fact(job.kind === "transfer" ? "from" : "place", job.place),
    ...fact("to", job.to),
    ...fact("meetingPoint", job.meetingPoint),
    ...fact("flight", job.flight),
    ...fact("passengers", job.passengers),
    ...fact("needs", needs.map((need) => t(need)).join(", ")),
    ...fact("languages", job.languages.map((code) => formatLanguage(code, locale)).join(" – ")),
    ...fact(
      "appointment",
      purpose !== null && purposes.has(purpose as "consent_talk")
        ? purposes(purpose as "consent_talk")
        : purpose,
    ),
  ];
  return <FactsLabel heading={t("facts")} facts={facts} />;
}
