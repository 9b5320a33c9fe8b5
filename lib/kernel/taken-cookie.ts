/** Says to the next page that the words of a form were taken, by the path of the page it stood on; not what they were. */
export const TAKEN_COOKIE = "valvia_taken";

/** The next page comes at once, or not at all. */
export const TAKEN_SECONDS = 60;
