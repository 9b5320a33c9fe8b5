import type { Fields } from "./form-body";
import type { Sandbox } from "./sandbox";

/** One address of the API. A step such as `:id` stands for any id, handed over as `id`. */
export type Route = {
  method: "DELETE" | "GET" | "POST";
  path: string;
  /** The object to answer with; a refusal is thrown as StripeError. */
  answer: (sandbox: Sandbox, fields: Fields, id: string) => object;
};

export type Found = { route: Route; id: string };

export function findRoute(routes: Route[], method: string, path: string): Found | null {
  for (const route of routes) {
    const id = route.method === method ? match(route.path, path) : null;
    if (id !== null) return { route, id };
  }
  return null;
}

/** The id in the path, an empty text when the address has none, null when the path is another one. */
function match(pattern: string, path: string): string | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  let id = "";
  for (const [index, step] of wanted.entries()) {
    const actual = given[index] ?? "";
    if (step === ":id" && actual !== "") id = actual;
    else if (step !== actual) return null;
  }
  return id;
}
