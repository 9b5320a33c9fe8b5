import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Keeper } from "@/lib/infra/page-keeper";

/** Runs once before the first request: a web server that cannot work says why and ends, whoever started it. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { endUnlessValid } = await import("@/lib/infra/first-check");
  endUnlessValid();
  const { Server } = await import("node:http");
  const { keepPages } = await import("@/lib/infra/page-keeper");
  standBefore(Server.prototype, keepPages());
}

/**
 * Stands before Next: lets the keeper of pages look at each request, and answers addresses nobody can read, such as "%E0%A4%A", with 400 before Next sees them: it would say 500, and no code
 * of ours would be asked.
 */
function standBefore(prototype: Pick<Server, "emit">, keeper: Keeper): void {
  const { emit } = prototype;
  prototype.emit = function guarded(this: Server, event: string | symbol, ...told: unknown[]): boolean {
    const [request, response] = told as [IncomingMessage, ServerResponse];
    const answer = (): boolean => Reflect.apply(emit, this, [event, ...told]);
    if (event !== "request") return answer();
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
