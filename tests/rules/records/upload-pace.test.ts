import { describe, expect, it } from "vitest";
import { minutesLeft, Pace } from "@/components/records/upload-pace";

describe("the pace of an upload", () => {
  it("is not told before it was looked at for two seconds", () => {
    const pace = new Pace();
    expect(pace.after(0, 0)).toBeNull();
    expect(pace.after(500, 1_000)).toBeNull();
    expect(pace.after(2_000, 2_000)).toBe(1_000);
  });

  it("believes a line that has become slow", () => {
    const pace = new Pace();
    for (let second = 0; second <= 10; second += 1) pace.after(second * 1_000, second * 1_000);
    let now: number | null = null;
    for (let second = 11; second <= 30; second += 1)
      now = pace.after(10_000 + (second - 10) * 10, second * 1_000);
    expect(now).toBeCloseTo(10);
  });

  it("begins again after a pause and when a file was taken out", () => {
    const pace = new Pace();
    pace.after(0, 0);
    pace.after(5_000, 5_000);
    expect(pace.stop()).toBeNull();
    expect(pace.after(5_000, 60_000)).toBeNull();
    expect(pace.after(8_000, 63_000)).toBe(1_000);
    expect(pace.after(1_000, 64_000)).toBeNull();
  });
});

describe("the time left", () => {
  it("is whole minutes, and less than one in words", () => {
    expect(minutesLeft(59_000, 1_000)).toBe(0);
    expect(minutesLeft(61_000, 1_000)).toBe(2);
    expect(minutesLeft(0, 1_000)).toBe(0);
    expect(minutesLeft(1_000, null)).toBeNull();
  });
});
