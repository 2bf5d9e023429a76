// How much room a scroll bar takes. It stands in for the measuring of @rc-component/util (see vite.config.ts), which writes a
// style element without the page's nonce that the page's policy refuses. Scroll bars are styled everywhere alike, or not at all,
// so that the measured box needs no style sheet of its own.

interface Size {
  width: number; // px
  height: number; // px
}

function measured(like?: Element): Size {
  const box = document.createElement("div");
  Object.assign(box.style, {
    position: "absolute",
    left: "0",
    top: "0",
    width: "100px",
    height: "100px",
    overflow: "scroll",
  });
  if (like) {
    const { scrollbarColor, scrollbarWidth } = getComputedStyle(like);
    Object.assign(box.style, { scrollbarColor, scrollbarWidth });
  }
  document.body.append(box);
  const size = { width: box.offsetWidth - box.clientWidth, height: box.offsetHeight - box.clientHeight };
  box.remove();
  return size;
}

let known: number | undefined;

/** The width of an ordinary scroll bar in px, measured once. */
export default function scrollBarWidth(fresh?: boolean): number {
  if (fresh || known === undefined) known = measured().width;
  return known;
}

/** The size of an element's scroll bars. */
export function getTargetScrollBarSize(target: unknown): Size {
  return target instanceof Element ? measured(target) : { width: 0, height: 0 };
}
