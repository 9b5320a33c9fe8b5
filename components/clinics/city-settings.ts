import type { LandmarkName } from "./city-landmarks";

/** What stands around a city, so that its drawing is recognised as that kind of place. */
export interface CitySetting {
  landmarks: readonly LandmarkName[];
  houses: "gables" | "blocks" | "towers" | "cubes";
  far: "hills" | "mountains" | "islands" | "open";
  near: "river" | "sea" | "park" | "dunes";
}

function setting(
  houses: CitySetting["houses"],
  far: CitySetting["far"],
  near: CitySetting["near"],
  ...landmarks: LandmarkName[]
): CitySetting {
  return { houses, far, near, landmarks };
}

/** By the English name of the city. */
const CITIES: Readonly<Record<string, CitySetting>> = {
  Cologne: setting("gables", "open", "river", "gothicTwin"),
  Munich: setting("gables", "mountains", "park", "onionTwin"),
  Hamburg: setting("gables", "open", "sea", "spire", "clockTower"),
  Berlin: setting("blocks", "open", "river", "tvTower", "columnGate"),
  Stuttgart: setting("gables", "hills", "park", "tvTower", "spire"),
  Leipzig: setting("gables", "open", "park", "townHall", "spire"),
  Tianjin: setting("towers", "open", "river", "bigWheel", "gateTower"),
  Shanghai: setting("towers", "open", "river", "pearlTower", "glassTowers"),
  Guangzhou: setting("towers", "hills", "river", "waistTower", "pagoda"),
  Chengdu: setting("blocks", "mountains", "park", "pagoda", "hanok"),
  Beijing: setting("blocks", "hills", "park", "roundTemple", "gateTower"),
  Istanbul: setting("cubes", "hills", "sea", "mosque", "minaret"),
  Izmir: setting("cubes", "mountains", "sea", "clockTower", "minaret"),
  Antalya: setting("cubes", "mountains", "sea", "minaret"),
  Ankara: setting("blocks", "hills", "park", "mosque"),
  Chennai: setting("cubes", "open", "sea", "gopuram"),
  Hyderabad: setting("cubes", "hills", "river", "fourMinarets"),
  Gurugram: setting("towers", "open", "park", "glassTowers"),
  Mumbai: setting("towers", "open", "sea", "archGate"),
  Seoul: setting("towers", "mountains", "river", "tvTower", "hanok"),
  Busan: setting("towers", "hills", "sea", "glassTowers"),
  Daegu: setting("blocks", "mountains", "park", "hanok", "tvTower"),
  "Tel Aviv": setting("cubes", "open", "sea", "roundHouse", "glassTowers"),
  Haifa: setting("cubes", "hills", "sea", "terraces"),
  Barcelona: setting("blocks", "hills", "sea", "manySpires"),
  Madrid: setting("blocks", "mountains", "park", "triumphArch", "clockTower"),
  Valencia: setting("blocks", "open", "river", "shell", "spire"),
  Bangkok: setting("towers", "open", "river", "prang", "chedi"),
  "Chiang Mai": setting("gables", "mountains", "park", "chedi"),
  Phuket: setting("cubes", "islands", "sea", "prang"),
  "Kuala Lumpur": setting("towers", "hills", "park", "twinTowers", "tvTower"),
  "George Town": setting("gables", "hills", "sea", "mosque", "clockTower"),
  Warsaw: setting("blocks", "open", "river", "steppedTower"),
  Poznan: setting("gables", "open", "river", "townHall"),
  Prague: setting("gables", "hills", "river", "gothicTwin", "spire"),
  Dubai: setting("towers", "open", "dunes", "needle", "sail"),
};

/** For a city we do not know: what is usual in its country. */
const COUNTRIES: Readonly<Record<string, CitySetting>> = {
  DE: setting("gables", "hills", "river", "spire"),
  CN: setting("towers", "hills", "river", "pagoda"),
  TR: setting("cubes", "hills", "park", "mosque"),
  IN: setting("cubes", "open", "park", "gopuram"),
  KR: setting("towers", "mountains", "river", "hanok"),
  IL: setting("cubes", "hills", "park", "roundHouse"),
  ES: setting("blocks", "hills", "park", "triumphArch"),
  TH: setting("gables", "hills", "river", "chedi"),
  MY: setting("towers", "hills", "park", "mosque"),
  PL: setting("gables", "open", "river", "townHall"),
  CZ: setting("gables", "hills", "river", "spire"),
  AE: setting("towers", "open", "dunes", "mosque"),
};

const ANYWHERE = setting("blocks", "hills", "park", "clockTower");

export function cityByName(city: string, country: string): CitySetting {
  return CITIES[city] ?? COUNTRIES[country] ?? ANYWHERE;
}
