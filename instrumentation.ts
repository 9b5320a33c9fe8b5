/** Runs once before the first request: a web server that cannot work says why and ends, whoever started it. */
export async function register(): Promise<void> {
  // The condition stands around everything, so that the bundle for Edge holds nothing of it.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { endUnlessValid } = await import("@/lib/infra/first-check");
    endUnlessValid();
    const { keepPages } = await import("@/lib/infra/page-keeper");
    const { directly, directlyPosted } = await import("@/lib/infra/direct-answer");
    const { standBefore } = await import("@/lib/infra/front-door");
    const direct = [
      directly("/api/v1/clinics", async () => (await import("@/app/api/v1/clinics/route")).GET),
      directlyPosted("/api/v1/bookings", async () => (await import("@/app/api/v1/bookings/route")).POST),
      directlyPosted(
        "/api/v1/bookings/:id/cancel",
        async () => (await import("@/app/api/v1/bookings/[id]/cancel/route")).POST,
      ),
      directlyPosted(
        "/api/v1/bookings/:id/reschedule",
        async () => (await import("@/app/api/v1/bookings/[id]/reschedule/route")).POST,
      ),
    ];
    const { spokenState } = await import("@/components/shell/spoken-state");
    standBefore({ keeper: keepPages(), direct, spoken: spokenState });
  }
}
