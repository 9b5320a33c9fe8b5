/** Says to the next page that the words of a form were taken, by the path of the page it stood on; not what they were. */
export const TAKEN_COOKIE = "valvia_taken";

/** The next page comes at once, or not at all. */
export const TAKEN_SECONDS = 60;

/** The path such a cookie holds; null for one we never wrote, which must not keep a page from going on. */
export function takenPath(held: string): string | null {
  try {
    return decodeURIComponent(held);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
