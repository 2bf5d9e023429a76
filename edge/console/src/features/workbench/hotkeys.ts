// Keys that work anywhere on the page except where one writes.
import { useEffect, useRef } from "react";

/** What each key does, by KeyboardEvent.key. */
export type Hotkeys = Record<string, (() => void) | undefined>;

const writing =
  "input, textarea, select, [contenteditable=true], [role=dialog], [role=listbox], .ant-dropdown";
const pressed = "button, a, [role=button], [role=tab], [role=option]"; // which Enter and the space bar press

/** Whether a key press is meant for the page, and not for what has the focus. */
export function meant(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented)
    return false;
  const target = event.target instanceof Element ? event.target : undefined;
  if (target?.closest(writing) || document.querySelector(".ant-modal-wrap:not([style*='none'])"))
    return false;
  return event.key !== "Enter" || !target?.closest(pressed);
}

export function useHotkeys(keys: Hotkeys) {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const act = latest.current[event.key];
      if (!act || !meant(event)) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
