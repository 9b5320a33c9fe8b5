import { beforeEach, describe, expect, it, vi } from "vitest";

vi.mock("@/components/people/passkey-browser", () => ({ makePasskey: async () => ({ id: "made" }) }));
const { sendPasskey } = await import("@/components/people/send-passkey");

const answers: (Response | Error)[] = [];
vi.stubGlobal("fetch", async () => {
  const next = answers.shift();
  if (next instanceof Response) return next;
  throw next ?? new Error("Nobody was to be asked.");
});
const options = () => Response.json({ challenge: "abc" });
const empty = (status: number) => new Response(null, { status });
const lost = () => new TypeError("Failed to fetch");

async function after(...given: (Response | Error)[]): Promise<string> {
  answers.push(...given);
  return (await sendPasskey(new FormData())).state;
}

beforeEach(() => answers.splice(0));

describe("a passkey that is brought to us", () => {
  it("is uncertain only where it was made and no word came, or the door broke", async () => {
    expect(await after(options(), lost())).toBe("unsure");
    expect(await after(options(), empty(502))).toBe("unsure");
  });

  it("was not added where its owner is signed out, before or after it was made", async () => {
    expect(await after(options(), empty(401))).toBe("signed_out");
    expect(await after(empty(401))).toBe("signed_out");
  });

  it("was not added where it was turned away, or nothing was made", async () => {
    expect(await after(options(), empty(403))).toBe("failed");
    expect(await after(empty(403))).toBe("failed");
    expect(await after(empty(500))).toBe("failed");
    expect(await after(lost())).toBe("failed");
  });

  it("is told about as the door says", async () => {
    expect(await after(options(), Response.json({ state: "added", codes: [] }))).toBe("added");
    const no = { state: "refused", code: "too_many", message: "Wait." };
    expect(await after(Response.json(no, { status: 429 }))).toBe("refused");
    expect(await after(options(), Response.json(no, { status: 429 }))).toBe("refused");
  });
});
