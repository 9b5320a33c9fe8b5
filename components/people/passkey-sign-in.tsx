"use client";

import { PasskeyButton, type PasskeyWords } from "@/components/people/passkey-button";

interface PasskeySignInProps {
  relyingParty: string;
  purpose: "sign_in" | "second";
  words: PasskeyWords;
  next?: string;
}

/** Signs in by a passkey and goes on to where its owner wanted to be. */
export function PasskeySignIn(props: PasskeySignInProps) {
  // A whole load: the page that comes is another person's than the one before.
  return <PasskeyButton {...props} settle={({ to }) => window.location.assign(to ?? "/")} />;
}
