import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { BookingTable } from "@/components/cabinet/booking-table";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { bookingListForm } from "@/lib/bookings/forms";
import { bookingsFor } from "@/lib/bookings/queries";
import { bookingLineView } from "@/lib/bookings/views/booking";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { requireClinicManager } from "@/lib/infra/session";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.bookings");
  return { title: t("title") };
}

export default async function BookingsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const manager = await requireClinicManager();
  const asked = bookingListForm.safeParse(paramsOf(await searchParams));
  const query = asked.success ? asked.data : bookingListForm.parse({});
  const page = await bookingsFor(manager, query);
  const now = new Date();
  const t = await getTranslations("cabinet.bookings");
  const pager = await getTranslations("common.pager");
  const base = `/${await getLocale()}/cabinet/bookings`;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <BookingTable bookings={page.items.map((row) => bookingLineView(row, now))} base={base} />
      <Pager
        label={pager("label")}
        firstLabel={pager("first")}
        nextLabel={pager("next")}
        {...(query.cursor ? { first: base } : {})}
        {...(page.next ? { next: `${base}?cursor=${page.next}` } : {})}
      />
    </>
  );
}
