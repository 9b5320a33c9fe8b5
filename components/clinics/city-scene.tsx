import { diceOf, farLine, houseRow, nearLines, type Dice } from "./city-drawing";
import { LANDMARKS } from "./city-landmarks";
import { cityByName, type CitySetting } from "./city-settings";

interface CitySceneProps {
  slug: string;
  city: string;
  country: string;
  className?: string;
}

const WIDTH = 160;
const GROUND = 76;

/** The centre's city as a line drawing: each centre its own, the same every time. */
export function CityScene({ slug, city, country, className = "" }: CitySceneProps) {
  const dice = diceOf(slug);
  const setting = cityByName(city, country);
  const sunX = Math.round(18 + dice() * 124);
  const landmarks = placed(setting, dice);
  const taken = landmarks.map(({ from, to }) => ({ from, to }));
  const [behind, before] = nearLines(setting.near, dice);
  return (
    <svg viewBox={`0 0 ${WIDTH} 100`} className={`picture ${className}`} aria-hidden>
      <circle className="picture-subject" cx={sunX} cy={Math.round(15 + dice() * 8)} r="6" />
      <path className="picture-fine" d={farLine(setting.far, dice)} />
      <path className="picture-flesh picture-fine" d={houseRow(setting.houses, dice, [], 0.9)} />
      <path className="picture-leaf" d={houseRow(setting.houses, dice, taken, 0.62)} />
      {landmarks.map(({ name, from }) => (
        <path key={name} className="picture-leaf" d={`M${from} ${GROUND}${LANDMARKS[name].path}`} />
      ))}
      <path className="picture-fine" d={behind} />
      <path className="picture-subject" d={before} />
    </svg>
  );
}

/** One landmark stands off the middle, two share the width. */
function placed({ landmarks }: CitySetting, dice: Dice) {
  const room = WIDTH / landmarks.length;
  return landmarks.map((name, index) => {
    const { width } = LANDMARKS[name];
    const free = Math.max(0, room - width - 20);
    const from = Math.round(index * room + 10 + dice() * free);
    return { name, from, to: from + width };
  });
}
