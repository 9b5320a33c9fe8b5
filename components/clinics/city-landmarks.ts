/**
 * Silhouettes by which a city is known, drawn from the left end of their base: `width` units wide, upwards.
 * They are kinds of buildings, not portraits.
 */
export interface Landmark {
  width: number;
  path: string;
}

/** Storeys with curved eaves, each `step` narrower on either side. */
function tiered(storeys: number, width: number, storey: number, eave: number, step: number): Landmark {
  const half = width / 2 - storeys * step;
  const left = `v-${storey}h-${eave}q${eave} -1 ${eave + step} -5`.repeat(storeys);
  const right = `q${step} 4 ${eave + step} 5h-${eave}v${storey}`.repeat(storeys);
  return { width, path: `${left}l${half} -5v-6v6l${half} 5${right}` };
}

export const LANDMARKS = {
  gothicTwin: { width: 28, path: "v-30l5 -22l5 22v10h8v-10l5 -22l5 22v30m-18 0v-9q4 -6 8 0v9m-4 -13v-8" },
  onionTwin: {
    width: 28,
    path: "v-34q-2 -3 1 -6q2 -2 3 -6q1 4 3 6q3 3 1 6v12h12v-12q-2 -3 1 -6q2 -2 3 -6q1 4 3 6q3 3 1 6v34",
  },
  spire: { width: 30, path: "v-14l8 -7h10v-18l6 -26l6 26v39m-20 0v-7q3 -4 6 0v7" },
  tvTower: { width: 9, path: "l3 -30a5.5 5.5 0 0 1 1.5 -10v-18v18a5.5 5.5 0 0 1 1.5 10l3 30" },
  columnGate: {
    width: 34,
    path: "v-18h-1v-6h36v6h-1v18m-28 0v-18m6 18v-18m5 18v-18m6 18v-18m5 18v-18m-18 -6v-5h14v5",
  },
  mosque: {
    width: 46,
    path: "v-42l1.5 -8l1.5 8v22h5q0 -20 15 -20v-4v4q15 0 15 20h5v-22l1.5 -8l1.5 8v42m-38 0v-20m30 20v-20m-19 20v-9q4 -6 8 0v9",
  },
  fourMinarets: {
    width: 32,
    path: "v-42q2.5 -6 5 0v14h22v-14q2.5 -6 5 0v42m-24 0v-12q8 -12 16 0v12m-21 -20h26",
  },
  clockTower: {
    width: 12,
    path: "v-28h-1v-3h2v-8q5 -9 10 0v8h2v3h-1v28m-8 -35a2 2 0 1 0 4 0a2 2 0 1 0 -4 0",
  },
  minaret: { width: 8, path: "v-32h-1v-3h2v-9l3 -9l3 9v9h2v3h-1v32" },
  pagoda: tiered(4, 24, 6, 4, 2),
  roundTemple: tiered(3, 44, 5, 3, 6),
  gateTower: tiered(2, 36, 9, 5, 5),
  pearlTower: {
    width: 17,
    path: "l4 -12a6.5 6.5 0 0 1 3 -12v-10a3.5 3.5 0 0 1 0 -7l1.5 -18l1.5 18a3.5 3.5 0 0 1 0 7v10a6.5 6.5 0 0 1 3 12l4 12",
  },
  waistTower: { width: 12, path: "q7 -28 3 -54l3 -12l3 12q-4 26 3 54" },
  bigWheel: {
    width: 30,
    path: "m2 -20a13 13 0 1 0 26 0a13 13 0 1 0 -26 0h26m-13 -13v26m-9 -22l18 18m-18 0l18 -18m-9 9l-9 20m9 -20l9 20",
  },
  twinTowers: {
    width: 30,
    path: "v-34h1v-9h1v-6l2 -14l2 14v6h1v9h1v34m0 -24h14m-14 4h14m0 20v-34h1v-9h1v-6l2 -14l2 14v6h1v9h1v34",
  },
  needle: { width: 18, path: "v-14h2v-13h2v-12h2v-10l3 -19l3 19v10h2v12h2v13h2v14" },
  sail: { width: 20, path: "v-48q17 13 20 48m-20 -36h10m-10 12h15m-15 12h18" },
  hanok: { width: 38, path: "v-12h-5q7 -3 10 -10h28q3 7 10 10h-5v12m-38 -12h38m-28 0v12m18 -12v12" },
  gopuram: {
    width: 30,
    path: "v-10h2l2 -9h1l2 -9h1l2 -9h1l1 -4q3 -5 6 0l1 4h1l2 9h1l2 9h1l2 9h2v10m-30 -10h30m-27 -9h24m-21 -9h18m-12 28v-6q3 -4 6 0v6",
  },
  archGate: {
    width: 38,
    path: "v-27q2.5 -6 5 0v3h28v-3q2.5 -6 5 0v27m-25 0v-15q6 -9 12 0v15m-21 0v-9q2 -3 4 0v9m22 0v-9q2 -3 4 0v9",
  },
  prang: { width: 24, path: "h3q1 -16 5 -25q3 -11 4 -16v-6v6q1 5 4 16q4 9 5 25h3m-19 -8h14m-12 -8h10" },
  chedi: { width: 34, path: "h2v-5h3q0 -15 9 -19l3 -18l3 18q9 4 9 19h3v5h2m-29 -5h24" },
  terraces: {
    width: 64,
    path: "q14 -2 20 -18h4v-8h2q0 -10 6 -10v-3v3q6 0 6 10h2v8h4q6 16 20 18m-52 -5h40m-35 -6h30m-19 11v-11m8 11v-11",
  },
  roundHouse: { width: 30, path: "v-26h21q9 0 9 9v17m-30 -20h24m-24 6h29m-29 6h30" },
  manySpires: {
    width: 36,
    path: "v-18q1 -16 4 -25q4 9 5 20q1 -20 5 -31q4 11 5 31q1 -20 5 -31q4 11 4 31q1 -11 4 -20q3 9 4 25v18m-22 0v-9q4 -6 8 0v9",
  },
  shell: { width: 52, path: "q5 -24 26 -24t26 24m-44 0q4 -16 18 -16t18 16m-24 0q1 -8 6 -8t6 8" },
  triumphArch: {
    width: 42,
    path: "v-17h7v-7h28v7h7v17m-37 0v-9q3.5 -5 7 0v9m5 0v-12q4 -6 8 0v12m5 0v-9q3.5 -5 7 0v9",
  },
  steppedTower: {
    width: 38,
    path: "v-12h6v-9h6v-22h3v-6h2l2 -19l2 19h2v6h3v22h6v9h6v12m-22 -14v-20m6 20v-20",
  },
  townHall: {
    width: 34,
    path: "v-22l3 -6l3 6v4h7v-16l4 -12l4 12v16h7v-4l3 -6l3 6v22m-28 0v-7q2.5 -4 5 0v7m4 0v-7q2.5 -4 5 0v7m4 0v-7q2.5 -4 5 0v7",
  },
  glassTowers: { width: 34, path: "v-40l9 -7v47v-33h10v33v-50q8 -1 12 8v42m-9 -8v-36" },
} as const satisfies Record<string, Landmark>;

export type LandmarkName = keyof typeof LANDMARKS;
