// Who is logged in.
import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect } from "react";
import { Navigate, useLocation, useNavigate } from "react-router";
import { ApiError, api, onLoggedOut, take } from "../api/client";
import { queryClient } from "../api/queries";
import type { Me } from "../api/types";
import { may, type Part } from "./feature";
import { Failed, Loading } from "./states";

const MeContext = createContext<Me | undefined>(undefined);

/** The key under which whoever is logged in is kept. */
export const meKey = ["me"];

/** Whoever is logged in. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("useMe outside of Session");
  return me;
}

/** Whether whoever is logged in may use a part of the product. */
export function useMay(part: Part, action: "read" | "write" = "read"): boolean {
  return may(useMe(), part, action);
}

/** Shows what is inside to whoever is logged in; everybody else logs in first, and comes back. */
export function Session({ children }: { children: ReactNode }) {
  const me = useQuery({
    queryKey: meKey,
    queryFn: () => take(api.GET("/api/v1/staff/me")),
    staleTime: 60_000,
  });
  const location = useLocation();
  const navigate = useNavigate();
  const here = location.pathname + location.search;
  useEffect(
    () =>
      onLoggedOut(() => {
        queryClient.clear();
        navigate(loginPath(window.location.pathname + window.location.search), { replace: true });
      }),
    [navigate],
  );
  if (me.data) return <MeContext.Provider value={me.data}>{children}</MeContext.Provider>;
  if (me.error instanceof ApiError && me.error.status === 401)
    return <Navigate to={loginPath(here)} replace />;
  if (me.error) return <Failed error={me.error} retry={() => void me.refetch()} />;
  return <Loading />;
}

function loginPath(next: string): string {
  return next === "/" || next.startsWith("/login") ? "/login" : `/login?next=${encodeURIComponent(next)}`;
}
