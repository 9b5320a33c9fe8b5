import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { InvoiceAddressForm } from "@/components/documents/invoice-address-form";
import { PaperTable } from "@/components/documents/paper-table";
import { PageHeader } from "@/components/ui/page-header";
import { documentsOfCase, invoiceAddressOf } from "@/lib/documents/queries";
import { casesToTake } from "@/lib/documents/read-case-export";
import { documentView } from "@/lib/documents/views";
import { requirePatient } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { editInvoiceAddressAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.documents");
  return { title: t("title") };
}

export default async function DocumentsPage({ params }: { params: Promise<{ id: string }> }) {
  const patient = await requirePatient();
  const { id } = await params;
  const documents = isUuid(id) ? await documentsOfCase(patient, id) : null;
  if (!documents) notFound();
  const isTheirs = (await casesToTake(patient)).some((one) => one.id === id);
  const address = await invoiceAddressOf(patient, id);
  const t = await getTranslations("my.documents");
  const words = await getTranslations("invoices.address");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <PaperTable papers={documents.map(documentView)} />
      {isTheirs ? (
        <p className="mt-gap-l max-w-prose text-ink-soft">
          <a className="link inline-flex min-h-11 items-center" href={`/api/v1/cases/${id}/export`} download>
            {t("all")}
          </a>
          <span className="block text-sm">{t("allLead")}</span>
        </p>
      ) : null}
      {address ? (
        <section aria-labelledby="invoice-address" className="mt-gap-l max-w-prose space-y-gap">
          <h2 id="invoice-address" className="text-lg">
            {words("title")}
          </h2>
          <p className="text-ink-soft">{words("lead")}</p>
          <InvoiceAddressForm lines={address.lines} action={editInvoiceAddressAction.bind(null, id)} />
        </section>
      ) : null}
    </>
  );
}
