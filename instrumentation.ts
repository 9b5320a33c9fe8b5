import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Keeper } from "@/lib/infra/page-keeper";

/** Runs once before the first request: a web server that cannot work says why and ends, whoever started it. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { endUnlessValid } = await import("@/lib/infra/first-check");
  endUnlessValid();
  const { Server } = await import("node:http");
  const { keepPages } = await import("@/lib/infra/page-keeper");
  const { directly } = await import("@/lib/infra/direct-answer");
  const direct = directly("/api/v1/clinics", async () => (await import("@/app/api/v1/clinics/route")).GET);
  standBefore(Server.prototype, { keeper: keepPages(), direct });
}

interface Guards {
  keeper: Keeper;
  /** Whether it has taken the request. */
  direct: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/**
 * Stands before Next: answers what needs no Next, lets the keeper of pages look at the rest, and answers addresses nobody
 * can read, such as "%E0%A4%A", with 400: Next would say 500, and no code of ours would be asked.
 */
function standBefore(prototype: Pick<Server, "emit">, { keeper, direct }: Guards): void {
  const { emit } = prototype;
  prototype.emit = function guarded(this: Server, event: string | symbol, ...told: unknown[]): boolean {
    const [request, response] = told as [IncomingMessage, ServerResponse];
    const answer = (): boolean => Reflect.apply(emit, this, [event, ...told]);
    if (event !== "request") return answer();
    if (direct(request, response)) return true;
    if (isReadable(request.url ?? "/")) return keeper(this, [request, response], answer);
    refuse(response);
    return true;
  };
}

function isReadable(address: string): boolean {
  const [path = ""] = address.split("?");
  try {
    // No name of a page holds a NUL; the API says itself that there is no such thing.
    return !decodeURIComponent(path).includes("\u0000") || path.startsWith("/api/");
  } catch {
    return false;
  }
}

function refuse(response: ServerResponse): void {
  response.writeHead(400, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(
    JSON.stringify({
      type: "https://valvia.example/problems/malformed",
      title: "Malformed",
      status: 400,
      detail: "This address cannot be read.",
      code: "malformed",
    }),
  );
}
