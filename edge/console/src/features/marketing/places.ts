// Where things of this feature stand: addresses, and the filters in them.
import { useCallback } from "react";
import { useSearchParams } from "react-router";

/** The pages, in the order of the tabs. */
export const panes = ["leads", "rules", "campaigns", "funnel", "sends"] as const;

export type Pane = (typeof panes)[number];

/** The address of a page. */
export const paneAt = (pane: Pane) => `/marketing/${pane}`;

/** The address of a lead, with what the list was filtered by. */
export const leadAt = (person: string, search = "") =>
  `${paneAt("leads")}/${encodeURIComponent(person)}${search}`;

/** Where an address of the form /marketing?tab=leads&person=… leads to by now. */
export function moved(search: string): string {
  const params = new URLSearchParams(search);
  const pane = panes.find((p) => p === params.get("tab")) ?? "leads";
  const person = pane === "leads" && params.get("person");
  params.delete("tab");
  params.delete("person");
  const rest = params.size > 0 ? `?${params}` : "";
  return person ? leadAt(person, rest) : paneAt(pane) + rest;
}

/** Filters that stand in the address; what is left out matches everything. */
export function useFilters<Name extends string>(names: readonly Name[]) {
  const [params, setParams] = useSearchParams();
  const filter: Partial<Record<Name, string>> = {};
  for (const name of names) filter[name] = params.get(name) || undefined;
  const change = useCallback(
    (name: Name, value?: string) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (value) next.set(name, value);
          else next.delete(name);
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  const clear = useCallback(() => setParams({}, { replace: true }), [setParams]);
  return { filter, change, clear };
}
