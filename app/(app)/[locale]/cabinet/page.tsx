import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ProofReminders } from "@/components/cabinet/proof-reminders";
import { WaitingList } from "@/components/cabinet/waiting-list";
import { PageHeader } from "@/components/ui/page-header";
import { ownClinic } from "@/lib/desk/queries/cabinet";
import { waitingFor } from "@/lib/desk/queries/waiting";
import { requireAnyOf } from "@/lib/infra/session";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.home");
  return { title: t("title") };
}

export default async function HomePage() {
  const person = await requireAnyOf("clinic_reviewer", "clinic_manager");
  const now = new Date();
  const { lines, proofs } = await waitingFor(person, now);
  const { name, timeZone } = await ownClinic(person);
  const t = await getTranslations("cabinet.home");
  const base = `/${await getLocale()}/cabinet`;
  return (
    <>
      <PageHeader title={t("title")} lead={<bdi>{name}</bdi>} />
      <div className="max-w-5xl space-y-gap-xl">
        <ProofReminders proofs={proofs} base={base} />
        <WaitingList
          lines={lines}
          base={base}
          zone={timeZone}
          now={now}
          mayAnswer={person.role === "clinic_reviewer"}
        />
      </div>
    </>
  );
}
