import type { Layer } from "@/components/pictures/layer";
import { diceOf, farLine, houseRow, nearLines, type Dice } from "./city-drawing";
import { LANDMARKS } from "./city-landmarks";
import { cityByName, type CitySetting } from "./city-settings";

export const CITY_BOX = { width: 160, height: 100 } as const;
const GROUND = 76;
const SUN_RADIUS = 6;

/** From the sky to the water; houses behind the first row stand a little higher. */
export function cityLayers(slug: string, city: string, country: string): Layer[] {
  const dice = diceOf(slug);
  const setting = cityByName(city, country);
  const sky = sun(dice);
  const landmarks = placed(setting, dice);
  const taken = landmarks.map(({ from, to }) => ({ from, to }));
  const [shore, water] = nearLines(setting.near, dice);
  const layers: Layer[] = [
    { d: sky, look: "subject" },
    { d: farLine(setting.far, dice), look: "fine" },
    { d: houseRow(setting.houses, dice, [], 0.9), look: "far" },
    { d: houseRow(setting.houses, dice, taken, 0.62), look: "leaf" },
    ...landmarks.map(({ name, from }): Layer => ({
      d: `M${from} ${GROUND}${LANDMARKS[name].path}`,
      look: "leaf",
    })),
    { d: shore, look: "fine" },
    { d: water, look: "subject" },
  ];
  return layers.filter(({ d }) => d !== "");
}

function sun(dice: Dice): string {
  const x = Math.round(18 + dice() * 124);
  const y = Math.round(15 + dice() * 8);
  const across = SUN_RADIUS * 2;
  const arc = `a${SUN_RADIUS} ${SUN_RADIUS} 0 1 0`;
  return `M${x - SUN_RADIUS} ${y}${arc} ${across} 0${arc} -${across} 0`;
}

/** One landmark stands off the middle, two share the width. */
function placed({ landmarks }: CitySetting, dice: Dice) {
  const room = CITY_BOX.width / landmarks.length;
  return landmarks.map((name, index) => {
    const { width } = LANDMARKS[name];
    const free = Math.max(0, room - width - 20);
    const from = Math.round(index * room + 10 + dice() * free);
    return { name, from, to: from + width };
  });
}
