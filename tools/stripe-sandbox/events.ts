import { z } from "zod";
import { invalidRequest, missing } from "./errors";
import { createdWithin, page } from "./lists";
import { flag, listing, readParameters } from "./parameters";
import type { Route } from "./routes";
import type { Sandbox } from "./sandbox";
import type { EventRow, SandboxEvent } from "./tables";

export type ShownEvent = SandboxEvent & { pending_webhooks: number };

export function eventRow(sandbox: Sandbox, id: string): EventRow {
  const found = sandbox.store.get("events", id);
  if (found === undefined) throw missing("event", id);
  return found;
}

/** The event as the API and the webhook carry it. */
export function shownEvent({ event, delivery }: EventRow): ShownEvent {
  const told = delivery.state === "delivered" || delivery.state === "no_endpoint";
  return { ...event, pending_webhooks: told ? 0 : 1 };
}

const listShape = z.strictObject({
  ...listing,
  delivery_success: flag.optional(),
  type: z.string().optional(),
  types: z.array(z.string()).max(20).optional(),
});

function list(sandbox: Sandbox, fields: unknown): object {
  const asked = readParameters(listShape, fields);
  if (asked.type !== undefined && asked.types !== undefined) {
    throw invalidRequest("You may only specify one of these parameters: type, types.");
  }
  const wanted = asked.types ?? (asked.type === undefined ? ["*"] : [asked.type]);
  const rows = sandbox.store
    .all("events")
    .map(shownEvent)
    .filter(
      (event) =>
        wanted.some((type) => fits(event.type, type)) &&
        (asked.delivery_success === undefined || asked.delivery_success === (event.pending_webhooks === 0)) &&
        createdWithin(event.created, asked.created),
    );
  return page(rows, asked, "/v1/events");
}

/** `charge.*` names every event whose type begins with `charge.`. */
const fits = (type: string, wanted: string): boolean =>
  wanted.endsWith("*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;

export const eventRoutes: Route[] = [
  { method: "GET", path: "/v1/events", answer: list },
  {
    method: "GET",
    path: "/v1/events/:id",
    answer: (sandbox, fields, id) => {
      readParameters(z.strictObject({}), fields);
      return shownEvent(eventRow(sandbox, id));
    },
  },
];
