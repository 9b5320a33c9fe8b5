import "server-only";
import { readBody } from "./api";
import { Problem } from "./problem";
import { isForeignPost } from "./session";

/**
 * A door of the session that a page of ours knocks at with JSON. What comes from another site, or is no JSON, is
 * answered as a problem: an attempt at a door is no fault of ours.
 */
export function sessionDoor(
  open: (sent: unknown) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      if (await isForeignPost()) throw new Problem(403, "cross_site");
      return await open(parsed(await readBody(request)));
    } catch (error) {
      if (error instanceof Problem) return error.toResponse();
      throw error;
    }
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, "malformed");
  }
}
