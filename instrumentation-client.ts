import { watchForChinese } from "@/components/shell/chinese-letters";
import { LEAVING } from "@/components/shell/leaving";

interface ScriptRules {
  createScriptURL: (text: string) => string | null;
}

interface TrustingWindow {
  trustedTypes?: { createPolicy: (name: string, rules: ScriptRules) => unknown };
}

// The bundler asks for later parts of a page by plain text addresses. Where scripts must be trusted, this policy
// lets through our own built files, our own worker and nothing else; text that would become HTML or code stays refused.
(window as TrustingWindow).trustedTypes?.createPolicy("default", {
  createScriptURL: (text) => {
    const address = new URL(text, window.location.href);
    const isOurs = address.pathname.startsWith("/_next/") || address.pathname === "/sw.js";
    return address.origin === window.location.origin && isOurs ? text : null;
  },
});

// Signed-in pages show moments in the reader's own zone; the server learns it from this cookie, which says no more
// than that. Public pages name days only and stay free of it.
const [, , area = ""] = window.location.pathname.split("/");
if (["my", "desk", "cabinet", "account", "signin", "start"].includes(area)) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  document.cookie = `valvia_zone=${zone}; path=/; max-age=31536000; samesite=lax`;
}

watchForChinese();

/** Signed-in pages show that the next one is on its way (components/shell/waiting-sign.tsx). */
export function onRouterTransitionStart(address: string): void {
  const here = new URL(window.location.href);
  const there = new URL(address, here);
  if (there.pathname !== here.pathname || there.search !== here.search)
    window.dispatchEvent(new Event(LEAVING));
}

// Patients get the page that helps without a line. Readers of the public pages are spared a worker they never asked for.
if (process.env.NODE_ENV === "production" && ["my", "start"].includes(area) && "serviceWorker" in navigator) {
  const register = () =>
    void navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
  if (document.readyState === "complete") register();
  else window.addEventListener("load", register, { once: true });
}
