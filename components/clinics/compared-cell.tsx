import type { ComparedPart } from "@/lib/clinics/comparison";

/** One piece is a sentence, several are a list; bold is only what sets the centre apart. */
export function ComparedCell({ parts }: { parts: readonly ComparedPart[] }) {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return <Piece {...only} />;
  return (
    <ul>
      {parts.map((part) => (
        <li key={`${part.label ?? ""} ${part.text}`}>
          <Piece {...part} />
        </li>
      ))}
    </ul>
  );
}

function Piece({ label, text, apart }: ComparedPart) {
  const words = apart ? <strong>{text}</strong> : text;
  return (
    <>
      {label === undefined ? null : <span className="block text-sm text-ink-soft">{label} </span>}
      {hasLetters(text) ? <bdi>{words}</bdi> : words}
    </>
  );
}

/** Words read in their own direction; figures follow the page, so that low stands before high on either side. */
function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text.replaceAll(/[\u2066-\u2068][^\u2069]*\u2069/gu, ""));
}
