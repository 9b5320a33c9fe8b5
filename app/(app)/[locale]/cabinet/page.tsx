import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ProofReminders } from "@/components/cabinet/proof-reminders";
import { WaitingList } from "@/components/cabinet/waiting-list";
import { PageHeader } from "@/components/ui/page-header";
import { PartPlace } from "@/components/ui/part-place";
import { ownClinic } from "@/lib/desk/queries/cabinet";
import { expiringFor, waitingFor } from "@/lib/desk/queries/waiting";
import { part } from "@/lib/infra/part";
import { requireAnyOf } from "@/lib/infra/session";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.home");
  return { title: t("title") };
}

export default async function HomePage() {
  const person = await requireAnyOf("clinic_reviewer", "clinic_manager");
  const now = new Date();
  const lines = await part("waiting at the centre", () => waitingFor(person, now));
  const proofs = await part("expiring proofs", () => expiringFor(person, now));
  const { name, timeZone } = await ownClinic(person);
  const t = await getTranslations("cabinet.home");
  const base = `/${await getLocale()}/cabinet`;
  return (
    <>
      <PageHeader title={t("title")} lead={<bdi>{name}</bdi>} />
      <div className="max-w-5xl space-y-gap-xl">
        <PartPlace part={proofs} name={t("proofs.name")} here={base}>
          {(found) => <ProofReminders proofs={found} base={base} />}
        </PartPlace>
        <PartPlace part={lines} name={t("waitingName")} here={base}>
          {(found) => (
            <WaitingList
              lines={found}
              base={base}
              zone={timeZone}
              now={now}
              mayAnswer={person.role === "clinic_reviewer"}
            />
          )}
        </PartPlace>
      </div>
    </>
  );
}
