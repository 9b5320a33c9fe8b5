import { CHINESE_FONTS } from "@/components/shell/fonts";

const HAN = /\p{Script=Han}/u;

/** The language menu names itself in every language, with the letters of the reader's own machine. */
const OWN_LETTERS = '[lang="zh"], script, style';

/**
 * Links the style sheet of the Chinese slices once a page in another language shows a Chinese name: most pages never do,
 * and on a machine without such a font the name would stand there as boxes. The browser then fetches only the slices
 * whose letters occur.
 */
export function watchForChinese(): void {
  if (document.documentElement.lang === "zh") return;
  const watch = new MutationObserver((changes) => {
    const touched = changes.flatMap(({ type, target, addedNodes }) =>
      type === "characterData" ? [target] : [...addedNodes],
    );
    if (touched.some(showsChinese)) found();
  });
  const found = () => {
    watch.disconnect();
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = CHINESE_FONTS;
    document.head.append(link);
  };
  const begin = () => {
    if (showsChinese(document.body)) found();
    else watch.observe(document.body, { childList: true, characterData: true, subtree: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
}

function showsChinese(root: Node): boolean {
  if (!HAN.test(root.textContent ?? "")) return false;
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let text: Node | null = root.nodeType === Node.TEXT_NODE ? root : texts.nextNode();
  while (text !== null) {
    if (HAN.test(text.nodeValue ?? "") && !text.parentElement?.closest(OWN_LETTERS)) return true;
    text = texts.nextNode();
  }
  return false;
}
