/** Says to the next page that somebody has just signed out of this browser; nothing about who it was. */
export const LEFT_COOKIE = "valvia_left";

/** After as many days no copy kept on a phone is shown any more. */
export const LEFT_SECONDS = 30 * 86_400;
