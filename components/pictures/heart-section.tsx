import { useTranslations } from "next-intl";
import { Label } from "./label";
import { Picture } from "./picture";

export const VALVES = ["mitral", "aortic", "tricuspid", "pulmonary"] as const;

export type ValveName = (typeof VALVES)[number];

/** From the back to the front. The drawing looks at the patient: their left is on its right. */
const BEHIND = {
  rightLungArtery: "M186 116C160 112 122 116 90 124L93 145C124 137 152 134 184 138",
  lungVeins:
    "M284 150C300 146 314 139 330 136L333 147C318 150 306 154 290 162M286 170C300 170 316 172 331 176L329 187C314 183 300 182 284 184",
  lowerVein: "M104 240C102 268 102 292 101 326L134 326C134 304 134 286 138 268",
} as const;
const MUSCLE =
  "M112 140C90 150 78 174 79 204C80 230 90 252 106 264C130 296 188 330 246 346C280 354 306 324 313 286C318 256 310 222 300 198C304 178 304 158 292 146C276 131 252 130 236 136L142 146Z";
const AORTA =
  "M208 210C192 200 170 156 167 116C165 80 186 56 214 56C244 56 264 76 264 106L262 134L230 134L231 110C231 97 225 89 214 89C203 89 197 99 199 114C203 146 224 170 240 190";
const ARCH_BRANCHES = [
  "M179 70C178 56 176 44 171 32L184 27C189 40 192 50 194 61",
  "M209 58L207 24L220 24L221 58",
  "M236 62C239 51 242 42 249 31L260 38C254 48 250 57 248 67",
] as const;
const LEFT_HEART =
  "M240 190C231 178 231 154 243 146C258 136 284 140 291 152C297 163 296 180 291 191C289 194 288 196 289 200C296 220 296 244 288 264C281 284 269 304 255 316C236 290 215 254 212 226C211 218 210 214 208 210";
const RIGHT_HEART =
  "M150 204C162 186 160 162 141 150L116 148C96 158 87 180 88 204C89 230 99 248 113 255C119 257 122 258 127 262C152 290 190 316 234 331C228 302 208 270 199 240C196 228 200 218 208 210";
const UPPER_VEIN = "M117 158C114 120 112 80 111 44L140 44C140 80 141 116 143 160";
const LUNG_ARTERY =
  "M150 204C152 182 180 160 204 145C222 133 231 122 240 110C252 94 278 90 308 87L311 113C288 115 272 119 263 131C251 150 232 164 219 177C210 187 206 198 208 210";

/** Leaflets, cords and the muscles that hold them. */
const LEAFLET = {
  tricuspid:
    "M150 204C160 212 166 222 168 236C160 226 152 216 146 210ZM127 262C138 258 148 256 158 248C148 250 136 250 124 256Z",
  mitral:
    "M240 190C243 208 250 224 260 238C258 222 252 206 246 191ZM291 192C288 206 282 216 273 226C276 214 280 202 283 193Z",
  aortic:
    "M208 210C214 215 224 212 224 201C232 206 241 200 240 190C234 194 228 197 224 201C219 203 213 206 208 210Z",
  pulmonary:
    "M176 168C171 182 182 190 192 181C188 192 200 202 209 193C203 190 198 186 192 181C186 178 181 174 176 168Z",
} as const satisfies Record<ValveName, string>;
const HOLDERS =
  "M254 314C246 302 242 290 246 276C254 280 258 290 260 309M284 274C276 272 272 264 273 254C281 256 288 260 290 258M196 310C186 300 180 288 183 274C192 278 200 292 206 315";
const CORDS =
  "M260 238L247 276M259 232L274 254M260 238L250 278M273 226L276 255M273 226L273 254M168 236L183 274M166 228L186 276M158 248L183 275M154 252L182 278";

/** The heart cut open from the front: four chambers, four valves. `subject` is the valve the page is about. */
export function HeartSection({ subject }: { subject?: ValveName }) {
  const t = useTranslations("pictures");
  return (
    <Picture
      title={t("heart.title")}
      description={t("heart.description")}
      width={410}
      height={364}
      className="mx-auto max-w-xl"
    >
      {Object.values(BEHIND).map((path) => (
        <path key={path} className="picture-hollow" d={path} />
      ))}
      <path className="picture-flesh" d={MUSCLE} />
      <path className="picture-hollow" d={AORTA} />
      {ARCH_BRANCHES.map((path) => (
        <path key={path} className="picture-hollow" d={path} />
      ))}
      <path className="picture-hollow" d={LEFT_HEART} />
      <path className="picture-hollow" d={RIGHT_HEART} />
      <path className="picture-hollow" d={UPPER_VEIN} />
      <path className="picture-hollow" d={LUNG_ARTERY} />
      <path className="picture-flesh" d={HOLDERS} />
      <path className="picture-fine" d={CORDS} />
      {VALVES.map((valve) => (
        <path
          key={valve}
          className={isSubject(valve, subject) ? "picture-open" : "picture-leaf"}
          d={LEAFLET[valve]}
        />
      ))}
      <ChamberNames />
      <ValveNames subject={subject} />
    </Picture>
  );
}

function ChamberNames() {
  const t = useTranslations("pictures.heart");
  return (
    <>
      <Label text={t("rightAtrium")} x={70} y={192} side="end" to={[106, 196]} lettersMax={8} />
      <Label text={t("leftAtrium")} x={346} y={161} side="start" to={[276, 164]} lettersMax={8} />
      <Label text={t("rightVentricle")} x={92} y={322} side="end" to={[172, 286]} lettersMax={9} />
      <Label text={t("leftVentricle")} x={338} y={304} side="start" to={[264, 262]} lettersMax={9} />
      <Label text={t("aorta")} x={104} y={88} side="end" to={[176, 96]} />
    </>
  );
}

function ValveNames({ subject }: { subject: ValveName | undefined }) {
  const t = useTranslations("pictures.valve");
  const strong = (valve: ValveName) => isSubject(valve, subject);
  return (
    <>
      <Label text={t("pulmonary")} x={308} y={32} side="start" to={[195, 180]} strong={strong("pulmonary")} />
      <Label text={t("aortic")} x={340} y={88} side="start" to={[228, 200]} strong={strong("aortic")} />
      <Label text={t("mitral")} x={338} y={226} side="start" to={[282, 208]} strong={strong("mitral")} />
      <Label text={t("tricuspid")} x={72} y={250} side="end" to={[140, 253]} strong={strong("tricuspid")} />
    </>
  );
}

function isSubject(valve: ValveName, subject: ValveName | undefined): boolean {
  return subject === undefined || subject === valve;
}
