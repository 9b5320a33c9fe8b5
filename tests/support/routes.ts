import { newId } from "@/lib/kernel/ids";
import { issueApiToken } from "@/lib/people/create-api-token";

type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

export interface RouteAnswer {
  status: number;
  body: Record<string, never>;
  headers: Headers;
}

/** A bearer token of somebody made by the test. */
export async function tokenOf(person: { personId: string }): Promise<string> {
  return (await issueApiToken(person.personId, `test ${newId()}`)).token;
}

/** Calls a route of API v1 as the web server would, without one. */
export async function call(
  route: Route,
  asked: {
    token?: string;
    params?: Record<string, string>;
    body?: unknown;
    query?: string;
    method?: string;
    headers?: Record<string, string>;
  },
): Promise<RouteAnswer> {
  const method = asked.method ?? (asked.body === undefined ? "GET" : "POST");
  const request = new Request(`http://127.0.0.1/api/v1/test${asked.query ?? ""}`, {
    method,
    headers: {
      ...(asked.token ? { authorization: `Bearer ${asked.token}` } : {}),
      ...(asked.body === undefined ? {} : { "content-type": "application/json" }),
      ...asked.headers,
    },
    ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
  });
  const response = await route(request, { params: Promise.resolve(asked.params ?? {}) });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : {}, headers: response.headers };
}
