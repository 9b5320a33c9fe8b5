import { SignInAgain } from "@/components/people/sign-in-again";
import { Words } from "@/i18n/words";

interface StaySignedInProps {
  person: { personId: string; email: string };
  /** After how many minutes of quiet somebody in this area is signed out. */
  minutes: number;
  /** The name passkeys are bound to here; null where there are none. */
  relyingParty: string | null;
}

/** Stands once in the frame of every signed-in area: asks over the page when its person must prove who they are. */
export function StaySignedIn({ person: { personId, email }, minutes, relyingParty }: StaySignedInProps) {
  return (
    <Words of={["again"]}>
      <SignInAgain {...{ personId, email, minutes, relyingParty }} />
    </Words>
  );
}
