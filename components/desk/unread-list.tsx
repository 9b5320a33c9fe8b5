import { UnreadMark } from "@/components/messages/unread-mark";
import { TextLink } from "@/components/ui/text-link";
import type { UnreadLine } from "@/lib/desk/queries/board";

/** Cases whose messages wait to be read; each leads to its thread. */
export function UnreadList({ lines, base }: { lines: readonly UnreadLine[]; base: string }) {
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1">
      {lines.map((line) => (
        <li key={line.id} className="flex items-center gap-2 py-cell">
          <TextLink href={`${base}/${line.id}/messages`}>
            <bdi>{line.number}</bdi>
          </TextLink>
          <UnreadMark count={line.unread} />
        </li>
      ))}
    </ul>
  );
}
