import { Agent, get } from "node:http";

/**
 * One question to a server of this machine: `{ status, text }`. It goes straight there, whatever proxy the shell names,
 * and its connection is not kept: an open one would hold up the other side when it is told to stop.
 */
export function ask(url, timeoutMs) {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: new Agent(), timeout: timeoutMs }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part) => (text += part));
      response.once("error", reject);
      response.once("end", () => resolve({ status: response.statusCode, text }));
    });
    request.once("timeout", () => request.destroy(new Error("no answer in time")));
    request.once("error", reject);
  });
}

/** Any HTTP answer will do; a refused connection means it does not listen yet. */
export async function answers(url) {
  try {
    await ask(url, 2_000);
    return true;
  } catch {
    return false;
  }
}

/** Programs that honour a proxy of the shell must not send it what stays on this machine. */
export function keepLoopbackDirect(env) {
  const own = ["127.0.0.1", "localhost", "::1"];
  const given = (env.no_proxy ?? env.NO_PROXY ?? "").split(",").filter((host) => host.trim() !== "");
  const all = [...given, ...own.filter((host) => !given.includes(host))].join(",");
  Object.assign(env, { NO_PROXY: all, no_proxy: all });
}
