import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { DefinitionList, type Fact } from "@/components/ui/facts";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { StateTag } from "@/components/ui/tag";
import type { Edge } from "@/lib/logistics/machine";

const GOOD = new Set(["done", "delivered", "granted", "not_needed"]);
const BAD = new Set([
  ...["no_show", "failed", "blocked", "returned", "lost", "temperature_excursion", "refused"],
]);
const OPEN = new Set(["requested", "offered", "draft", "preparing"]);
const GONE = new Set(["cancelled", "replaced"]);

interface PartFrameProps {
  title: ReactNode;
  state: string;
  stateWords: string;
  facts: readonly Fact[];
  children?: ReactNode;
}

/** One part of a journey: what it is, how it stands, its facts, and what may be done with it. */
export function PartFrame({ title, state, stateWords, facts, children }: PartFrameProps) {
  const tone = GOOD.has(state)
    ? "good"
    : BAD.has(state)
      ? "danger"
      : OPEN.has(state)
        ? "attention"
        : GONE.has(state)
          ? "still"
          : "info";
  return (
    <article className="space-y-gap rounded-md border border-line bg-card p-gap-m">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h4 className="min-w-0 text-base font-semibold">{title}</h4>
        <StateTag tone={tone}>{stateWords}</StateTag>
      </div>
      <DefinitionList facts={facts} />
      {children}
    </article>
  );
}

/** The words a coordinator may say about a part as it stands; `told` have a form of their own. */
export function eventsFrom<State extends string>(
  edges: readonly Edge<State>[],
  state: State,
  told: readonly string[] = [],
): string[] {
  return edges
    .filter((edge) => edge.who.includes("coordinator") && edge.from.includes(state))
    .map((edge) => edge.event)
    .filter((event) => !told.includes(event));
}

const SETBACKS = new Set(["miss", "fail", "cancel", "replace", "return", "lose", "overheat", "refuse"]);

interface PartEventsProps {
  kind: "ride" | "talk" | "supply" | "visa";
  events: readonly string[];
  action: FormAction;
}

/** One button for each thing that may happen next; what cannot be taken back stands folded. */
export function PartEvents({ kind, events, action }: PartEventsProps) {
  const t = useTranslations("journey");
  const word = (event: string) => t(`events.${kind}.${event}` as "events.ride.wait");
  const onward = events.filter((event) => !SETBACKS.has(event));
  const back = events.filter((event) => SETBACKS.has(event));
  return (
    <>
      {onward.length > 0 ? <Buttons events={onward} word={word} action={action} look="quiet" /> : null}
      {back.length > 0 ? (
        <Fold title={t("setback")}>
          <Buttons events={back} word={word} action={action} look="danger" />
        </Fold>
      ) : null}
    </>
  );
}

interface ButtonsProps {
  events: readonly string[];
  word: (event: string) => string;
  action: FormAction;
  look: "quiet" | "danger";
}

function Buttons({ events, word, action, look }: ButtonsProps) {
  return (
    <ActionForm action={action} className="space-y-gap">
      <div className="flex flex-wrap gap-gap">
        {events.map((event) => (
          <SubmitButton key={event} look={look} name="event" value={event}>
            {word(event)}
          </SubmitButton>
        ))}
      </div>
    </ActionForm>
  );
}

/** A form that is folded until it is wanted. */
export function Fold({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <details>
      <summary className="link inline-flex min-h-control items-center">{title}</summary>
      <div className="max-w-3xl pt-1 pb-2">{children}</div>
    </details>
  );
}
