/** How a stroke is meant; each look is a class of app/pictures.css and a pen of the social cards. */
export type Look = "hollow" | "flesh" | "leaf" | "fine" | "subject" | "open" | "faint" | "far";

/** One path of a drawing, laid over those before it. */
export interface Layer {
  d: string;
  look: Look;
}
