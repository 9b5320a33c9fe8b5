"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import type { Stack, StackGroup } from "@/lib/records/stack";
import { useStackWords } from "./stack-words";

interface StackListProps {
  groups: readonly StackGroup[];
  base: string;
  recordId: string;
}

/** All examinations of the case with their series. Each is a page of its own: what stands beside the room goes with it. */
export function StackList({ groups, base, recordId }: StackListProps) {
  const t = useTranslations("viewer");
  const words = useStackWords();
  return (
    <nav aria-label={t("examinations")} className="stack-list">
      {groups.map((group) => (
        <section key={group.study ?? "papers"}>
          <h3>{words.group(group)}</h3>
          <ul>
            {group.stacks.map((stack) => {
              const isCurrent = stack.files.some(({ id }) => id === recordId);
              return (
                <li key={stack.key}>
                  <Link
                    href={`${base}/${stack.key}`}
                    prefetch={false}
                    aria-current={isCurrent ? "page" : undefined}
                    className="stack-link"
                  >
                    <Thumbnail stack={stack} />
                    <span>
                      <span className="block wrap-anywhere">{words.name(stack)}</span>
                      <span className="block text-ink-soft">{words.count(stack)}</span>
                    </span>
                  </Link>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </nav>
  );
}

/** The middle of a stack, drawn on the server when the list comes into view. */
function Thumbnail({ stack }: { stack: Stack }) {
  const [isBlind, setBlind] = useState(stack.kind === "curves" || stack.kind === "video");
  const middle = stack.files[Math.floor(stack.files.length / 2)];
  if (isBlind || !middle) {
    return (
      <span className="stack-thumb" aria-hidden>
        <svg viewBox="0 0 20 20" width="28" height="28" fill="none" stroke="currentColor" strokeWidth="1.2">
          {stack.kind === "video" ? (
            <path d="M3 5h14v10H3zM8.5 7.5v5l4-2.5z" />
          ) : (
            <path d="M1 11h4l2-6 3 10 2-6 1.5 2H19" />
          )}
        </svg>
      </span>
    );
  }
  return (
    <img
      src={`/api/v1/records/${middle.id}/preview`}
      alt=""
      loading="lazy"
      decoding="async"
      fetchPriority="low"
      width={72}
      height={54}
      className="stack-thumb"
      onError={() => setBlind(true)}
    />
  );
}
