import { bookingsApi } from "@/lib/bookings/views/api";
import { casesApi } from "@/lib/cases/views";
import { clinicsApi } from "@/lib/clinics/views/catalogue";
import { documentsApi } from "@/lib/documents/views";
import { estimatesApi } from "@/lib/estimates/views";
import { guidesApi } from "@/lib/guides/views";
import { openApiOf } from "@/lib/infra/openapi";
import { logisticsApi } from "@/lib/logistics/views/api";
import { messagesApi } from "@/lib/messages/views";
import { paymentsApi } from "@/lib/payments/views";
import { peopleApi } from "@/lib/people/views";
import { recordsApi } from "@/lib/records/views";
import { reviewsApi } from "@/lib/reviews/views";

const OPERATIONS = [
  ...peopleApi,
  ...guidesApi,
  ...clinicsApi,
  ...casesApi,
  ...recordsApi,
  ...reviewsApi,
  ...estimatesApi,
  ...bookingsApi,
  ...paymentsApi,
  ...logisticsApi,
  ...messagesApi,
  ...documentsApi,
];

export function GET(): Response {
  // A relative server address: the description is right wherever it is served.
  return Response.json(openApiOf(OPERATIONS, "/api/v1"), {
    headers: { "cache-control": "public, max-age=300" },
  });
}
