// A page that wants the whole screen, such as a wall display, takes it with useBare().
import { createContext, useContext, useEffect } from "react";

export const BareContext = createContext<(bare: boolean) => void>(() => {});

/** Hides the navigation and the header for as long as the calling page is there and `bare` is true. */
export function useBare(bare = true) {
  const set = useContext(BareContext);
  useEffect(() => {
    set(bare);
    return () => set(false);
  }, [set, bare]);
}
