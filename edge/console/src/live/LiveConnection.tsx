// Keeps the live connection for as long as somebody is logged in.
import { type ReactNode, useEffect } from "react";
import { queryClient } from "../api/queries";
import { connection, useLive } from "./live";

export function Live({ children }: { children: ReactNode }) {
  useEffect(() => {
    const hurry = () => connection.hurry();
    const back = () => document.visibilityState === "visible" && connection.hurry();
    connection.open();
    window.addEventListener("online", hurry);
    document.addEventListener("visibilitychange", back);
    return () => {
      window.removeEventListener("online", hurry);
      document.removeEventListener("visibilitychange", back);
      connection.close();
    };
  }, []);
  // Other rules show other things, and after a break anything may be old: everything on the page is read anew.
  useLive("policy", () => void queryClient.invalidateQueries());
  useLive("refresh", () => void queryClient.invalidateQueries());
  return children;
}
