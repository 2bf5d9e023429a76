// The desk of whoever writes rules: the draft on it, and what its tests said.
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { remember, remembered } from "../../shell/memory";
import { useMe } from "../../shell/session";
import { Drafting, type Shelf, type Unsaved } from "./drafting";
import { type Draft, dropDraft, type Files, keepDraft, type RuleSet, refresh, runTests } from "./queries";

/** What this browser keeps of somebody's draft. */
function shelfOf(person: string): Shelf {
  const key = `policies.${person}`;
  return {
    read: () => {
      const text = remembered(key);
      try {
        return text === null ? null : (JSON.parse(text) as Unsaved);
      } catch {
        return null;
      }
    },
    write: (work) => remember(key, work && JSON.stringify(work)),
  };
}

/** The draft on the desk, which is saved by itself and when the page is left. */
export function useDesk(kept: Draft | null, inForce: RuleSet) {
  const me = useMe();
  const revision = inForce.revision ?? "";
  const [drafting] = useState(
    () =>
      new Drafting(
        {
          work: { base: kept?.base ?? revision, files: kept?.files ?? {} },
          at: kept?.at ?? "",
        },
        shelfOf(me.id),
        keepDraft,
      ),
  );
  useEffect(() => {
    const hidden = () => document.visibilityState === "hidden" && void drafting.save();
    document.addEventListener("visibilitychange", hidden);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      void drafting.save().finally(() => drafting.rest());
    };
  }, [drafting]);
  const work = useSyncExternalStore(drafting.subscribe, () => drafting.work);
  const state = useSyncExternalStore(drafting.subscribe, () => drafting.state);
  const tests = useMutation({ mutationFn: (files: Files) => runTests(files), meta: { quiet: true } });
  const { files } = work;
  const written = Object.keys(files).length > 0;
  const base = written ? work.base : revision;
  const begin = async () => {
    drafting.reset({ base: revision, files: {} });
    await refresh();
  };
  return {
    source: inForce.files,
    base,
    files,
    written,
    state,
    old: written && base !== revision,
    tests: { ...tests, fresh: tests.variables === files },
    /** Takes files; those that are as in force are none of the draft. */
    change: (next: Files) =>
      drafting.change({
        base,
        files: Object.fromEntries(
          Object.entries(next).filter(([name, text]) => inForce.files[name] !== text),
        ),
      }),
    save: () => drafting.save(),
    /** Goes on from the rules in force. */
    carryOver: () => drafting.change({ base: revision, files }),
    /** Begins anew after the draft came into force, which the server forgets by itself. */
    published: begin,
    /** Forgets the draft here and on the server. */
    drop: async () => {
      await drafting.settle();
      await dropDraft();
      await begin();
    },
  };
}

export type Desk = ReturnType<typeof useDesk>;
