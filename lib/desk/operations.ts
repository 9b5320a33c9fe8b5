import type { ApiOperation } from "@/lib/kernel/api-operation";
import { bookingsApi } from "@/lib/bookings/views/api";
import { casesApi } from "@/lib/cases/views";
import { cabinetApi } from "@/lib/clinics/views/cabinet";
import { clinicsApi } from "@/lib/clinics/views/catalogue";
import { invoicesApi } from "@/lib/documents/invoice-view";
import { documentsApi } from "@/lib/documents/views";
import { templatesApi } from "@/lib/estimates/template-view";
import { estimatesApi } from "@/lib/estimates/views";
import { guidesApi } from "@/lib/guides/views";
import { logisticsApi } from "@/lib/logistics/views/api";
import { estimatePlanApi } from "@/lib/logistics/views/estimate-plan";
import { waitingApi } from "@/lib/logistics/views/waiting-api";
import { messagesApi } from "@/lib/messages/views";
import { billsApi } from "@/lib/payments/bill-view";
import { changeOrdersApi } from "@/lib/payments/price-change-view";
import { booksApi } from "@/lib/payments/books-view";
import { disputesApi } from "@/lib/payments/dispute-view";
import { feesApi } from "@/lib/payments/fee-view";
import { opinionsApi } from "@/lib/payments/opinion-view";
import { releasesApi } from "@/lib/payments/payee-view";
import { returnsApi } from "@/lib/payments/return-view";
import { paymentsApi } from "@/lib/payments/views";
import { peopleApi } from "@/lib/people/views";
import { recordsApi } from "@/lib/records/views/api";
import { reviewsApi } from "@/lib/reviews/views/review";
import { severityApi } from "@/lib/reviews/views/severity";
import { staffApi } from "./views";

/** Every operation of API v1, in the order a trip runs: for the OpenAPI description and the page people read. */
export const API_OPERATIONS: readonly ApiOperation[] = [
  ...peopleApi,
  ...guidesApi,
  ...clinicsApi,
  ...casesApi,
  ...recordsApi,
  ...reviewsApi,
  ...severityApi,
  ...estimatesApi,
  ...templatesApi,
  ...estimatePlanApi,
  ...bookingsApi,
  ...paymentsApi,
  ...opinionsApi,
  ...feesApi,
  ...releasesApi,
  ...returnsApi,
  ...disputesApi,
  ...booksApi,
  ...changeOrdersApi,
  ...billsApi,
  ...logisticsApi,
  ...waitingApi,
  ...messagesApi,
  ...documentsApi,
  ...invoicesApi,
  ...cabinetApi,
  ...staffApi,
];
