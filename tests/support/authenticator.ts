import { codeOf, stepAt } from "../../lib/people/one-time-code";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** An authenticator app that was told this key by hand. Its codes work once: `ahead` asks for the next one. */
export function appWith(key: string): { code(ahead?: number): string } {
  const letters = Array.from(key.replaceAll(/\s/g, ""));
  const bits = letters.map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = bits.match(/.{8}/g) ?? [];
  const secret = Uint8Array.from(bytes, (eight) => Number.parseInt(eight, 2));
  return { code: (ahead = 0) => codeOf(secret, stepAt(new Date()) + ahead) };
}
