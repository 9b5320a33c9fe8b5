import { describe, expect, it } from "vitest";
import { numbersOf } from "@/lib/records/coded-number";
import { readReport } from "@/lib/records/structured-report";
import {
  AORTIC,
  BACK,
  group,
  makeReport,
  MEAN,
  MITRAL,
  ONWARD,
  PISA,
  type ReportItem,
} from "../../support/structured-report";

const read = (...items: ReportItem[]) => numbersOf(readReport(makeReport({ studyDate: "20260510", items })));
const fields = (...items: ReportItem[]) =>
  read(...items).numbers.map(({ field, value }) => [field, value] as const);

const area = (value: number | string, ...items: ReportItem[]): ReportItem => ({
  name: ["G-038E", "SRT", "Cardiovascular Orifice Area"],
  number: [value, "cm2"],
  items,
});
const peak = (value: number, unit: string, ...items: ReportItem[]): ReportItem => ({
  name: ["11726-7", "LN", "Peak Velocity"],
  number: [value, unit],
  items,
});

describe("a structured report", () => {
  it("tells its numbers by one code each, in our units, with what it wrote", () => {
    const eroa: ReportItem = { name: ["80071-4", "LN", "EROA by PISA"], number: ["0.42", "cm2"] };
    expect(read(eroa)).toEqual({
      doubtful: 0,
      numbers: [
        {
          field: "mr_eroa_pisa",
          value: 42,
          toldValue: 0.42,
          toldUnit: "cm2",
          method: null,
          measuredOn: "2026-05-10",
        },
      ],
    });
  });

  it("knows the older codes by the part of the heart, the flow and the method around them", () => {
    const items = [
      group(MITRAL, [area(0.42, BACK, PISA), peak(5.1, "m/s", BACK)]),
      group(AORTIC, [
        peak(4.2, "m/s", ONWARD),
        { name: ["20256-4", "LN", "Mean Gradient"], number: [44, "mm[Hg]"], items: [ONWARD] },
      ]),
    ];
    expect(fields(...items)).toEqual([
      ["mr_eroa_pisa", 42],
      ["mr_vmax", 5.1],
      ["av_vmax", 4.2],
      ["av_mean_gradient", 44],
    ]);
    expect(read(...items).numbers[0]?.method).toBe("Proximal Isovelocity Surface Area");
  });

  it("takes nothing whose place, flow or method it cannot be sure of", () => {
    expect(fields(peak(4.2, "m/s"))).toEqual([]);
    expect(fields(group(AORTIC, [peak(4.2, "m/s")]))).toEqual([]);
    expect(fields(group(MITRAL, [area(0.42, BACK)]))).toEqual([]);
    expect(fields(group(AORTIC, [area(0.42, BACK)]))).toEqual([]);
    // The flow at the aortic valve is not the leak of the mitral valve.
    expect(fields(group(AORTIC, [peak(5.1, "m/s", BACK)]))).toEqual([]);
  });

  it("uses the value the report itself chose of several beats", () => {
    const beats = [3.9, 4.4, 4.3].map((value) => peak(value, "m/s", ONWARD));
    expect(fields(group(AORTIC, [...beats, peak(4.2, "m/s", ONWARD, MEAN)]))).toEqual([["av_vmax", 4.2]]);
    expect(fields(group(AORTIC, beats))).toHaveLength(3);
  });

  it("reads the units machines write, and a share as per cent", () => {
    expect(
      fields(
        { name: ["8867-4", "LN", "Heart rate"], number: [72, "{H.B.}/min"] },
        { name: ["79996-5", "LN", "EDV"], number: [120, "ml"] },
        { name: ["79991-6", "LN", "EF"], number: [0.55, "1"] },
        { name: ["29436-3", "LN", "LVIDd"], number: [5.6, "cm"] },
      ),
    ).toEqual([
      ["heart_rate", 72],
      ["lvedv_biplane", 120],
      ["lvef_biplane", 55],
      ["lvidd_2d", 56],
    ]);
  });

  it("leaves out and counts what cannot be right or has no day", () => {
    const wrong: ReportItem = { name: ["80071-4", "LN", "EROA"], number: [42, "cm2"] };
    expect(read(wrong)).toEqual({ numbers: [], doubtful: 1 });
    const right: ReportItem = { name: ["80071-4", "LN", "EROA"], number: [42, "mm2"] };
    expect(numbersOf(readReport(makeReport({ items: [right] })))).toEqual({ numbers: [], doubtful: 1 });
    expect(read({ name: ["80071-4", "LN", "EROA"], number: ["n/a", "mm2"] })).toEqual({
      numbers: [],
      doubtful: 0,
    });
  });

  it("is no report when it is cut off anywhere, but never a crash", () => {
    const whole = makeReport({ studyDate: "20260510", items: [group(MITRAL, [area(0.42, BACK, PISA)])] });
    for (let length = 0; length < whole.length; length += 1) readReport(whole.subarray(0, length));
    expect(numbersOf(readReport(whole)).numbers).toHaveLength(1);
  });

  it("is read no deeper than any template goes", () => {
    let item: ReportItem = { name: ["80071-4", "LN", "EROA"], number: [42, "mm2"] };
    for (let depth = 0; depth < 40; depth += 1) item = { name: ["1", "DCM", "Deep"], items: [item] };
    expect(fields(item)).toEqual([]);
  });
});
