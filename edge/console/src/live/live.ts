// How pages hear what happens: useLive("message", (frame) => …).
import { useEffect, useRef, useSyncExternalStore } from "react";
import { tellLoggedOut } from "../api/client";
import { Connection, type State } from "./connection";
import type { Frames, FrameType, Presence } from "./frames";

function address(): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/v1/staff/live`;
}

/** The console's one live connection. */
export const connection = new Connection(address, tellLoggedOut);

/** Hears every frame of a type for as long as the calling component is there. */
export function useLive<T extends FrameType>(type: T, handler: (frame: Frames[T]) => void) {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => connection.on(type, (frame) => latest.current(frame)), [type]);
}

/** Whether the connection is up. "lost" is told only after a few seconds. */
export function useLiveState(): State {
  return useSyncExternalStore(
    (tell) => connection.watch(tell),
    () => connection.state,
  );
}

let people: Presence[] = [];
connection.on("presence", (frame) => {
  people = frame.agents;
});

/** The staff as they are now: who is there, and how much they have to do. */
export function usePeople(): Presence[] {
  return useSyncExternalStore(
    (tell) => connection.on("presence", tell),
    () => people,
  );
}
