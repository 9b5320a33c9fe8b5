/** Sentences somebody wrote, each a line of its own in its own direction. */
export function SentenceList({ items }: { items: readonly string[] }) {
  return (
    <ul className="list-disc ps-5">
      {items.map((item) => (
        <li key={item} dir="auto">
          {item}
        </li>
      ))}
    </ul>
  );
}
