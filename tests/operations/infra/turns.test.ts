import { afterEach, describe, expect, it, vi } from "vitest";
import { inTurn } from "@/lib/infra/turns";

/** Work that ends when it is told to, and writes down that it began. */
function makeWork(began: string[], name: string) {
  const end = Promise.withResolvers<void>();
  const work = async () => {
    began.push(name);
    await end.promise;
    return name;
  };
  return { work, end: () => end.resolve(), fail: () => end.reject(new Error(name)) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("taking turns", () => {
  afterEach(() => vi.useRealTimers());

  it("lets so many work at once, and the others in the order they came", async () => {
    const began: string[] = [];
    const work = (name: string) => makeWork(began, name);
    const [a, b, c, d] = [work("a"), work("b"), work("c"), work("d")];
    const all = [a, b, c, d].map((one) => inTurn("one day", 2, one.work));
    expect(began).toEqual(["a", "b"]);
    b.end();
    await settled();
    expect(began).toEqual(["a", "b", "c"]);
    for (const one of [a, c, d]) one.end();
    expect(await Promise.all(all)).toEqual(["a", "b", "c", "d"]);
    expect(began).toEqual(["a", "b", "c", "d"]);
  });

  it("keeps nobody waiting for another thing, nor behind work that failed", async () => {
    const began: string[] = [];
    const work = (name: string) => makeWork(began, name);
    const [a, b, c] = [work("a"), work("b"), work("c")];
    const first = inTurn("one day", 1, a.work);
    const second = inTurn("one day", 1, b.work);
    const third = inTurn("another day", 1, c.work);
    expect(began).toEqual(["a", "c"]);
    a.fail();
    await expect(first).rejects.toThrow("a");
    for (const one of [b, c]) one.end();
    expect(await Promise.all([second, third])).toEqual(["b", "c"]);
  });

  it("lets go on who has waited too long", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const began: string[] = [];
    const work = (name: string) => makeWork(began, name);
    const [a, b, c, d] = [work("a"), work("b"), work("c"), work("d")];
    const all = [a, b].map((one) => inTurn("one day", 1, one.work));
    await vi.advanceTimersByTimeAsync(11_000);
    expect(began).toEqual(["a", "b"]);
    // Whoever ends while more than one is at it lets nobody else in.
    const later = inTurn("one day", 1, d.work);
    a.end();
    await Promise.resolve();
    await vi.advanceTimersByTimeAsync(1);
    expect(began).toEqual(["a", "b"]);
    b.end();
    await Promise.all(all);
    d.end();
    await later;
    began.pop();
    const last = inTurn("one day", 1, c.work);
    expect(began).toEqual(["a", "b", "c"]);
    c.end();
    await last;
  });
});
