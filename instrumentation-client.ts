interface ScriptRules {
  createScriptURL: (text: string) => string | null;
}

interface TrustingWindow {
  trustedTypes?: { createPolicy: (name: string, rules: ScriptRules) => unknown };
}

// The bundler asks for later parts of a page by plain text addresses. Where scripts must be trusted, this policy
// lets through our own built files and nothing else; text that would become HTML or code stays refused.
(window as TrustingWindow).trustedTypes?.createPolicy("default", {
  createScriptURL: (text) => {
    const address = new URL(text, window.location.href);
    return address.origin === window.location.origin && address.pathname.startsWith("/_next/") ? text : null;
  },
});
