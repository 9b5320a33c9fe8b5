import "server-only";
import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import { speakWhereBare, type SpokenWords } from "./bare-page";
import type { Direct } from "./direct-answer";
import type { Keeper } from "./page-keeper";

interface Guards {
  keeper: Keeper;
  /** Each says whether it has taken the request. */
  direct: readonly Direct[];
  spoken: SpokenWords;
}

/**
 * Stands before Next: answers what needs no Next, lets the keeper of pages look at the rest, gives words to pages that
 * would be empty without a script, and answers addresses nobody can read, such as "%E0%A4%A", with 400: Next would say
 * 500, and no code of ours would be asked.
 */
export function standBefore({ keeper, direct, spoken }: Guards): void {
  const prototype: Pick<Server, "emit"> = Server.prototype;
  const { emit } = prototype;
  prototype.emit = function guarded(this: Server, event: string | symbol, ...told: unknown[]): boolean {
    const [request, response] = told as [IncomingMessage, ServerResponse];
    const answer = (): boolean => Reflect.apply(emit, this, [event, ...told]);
    if (event !== "request") return answer();
    if (direct.some((door) => door(request, response))) return true;
    if (isReadable(request.url ?? "/")) {
      speakWhereBare(request, response, spoken);
      return keeper(this, [request, response], answer);
    }
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
