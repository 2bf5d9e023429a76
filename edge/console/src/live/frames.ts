// What the server says and hears over the live connection. What a frame carries is typed by the API's document.
import type { Answer } from "../api/types";

type Conversations = Answer<"/api/v1/conversations">["conversations"];
type Messages = Answer<"/api/v1/conversations/{id}/messages">;

export interface Viewer {
  id: string;
  name: string;
  composing: boolean;
}

export interface Presence {
  id: string;
  name: string;
  status: string;
  load: number;
  capacity: number;
}

/** What the server says, by type. */
export interface Frames {
  conversation: { conversation: Conversations[number] };
  message: { conversation: string; message: Messages["messages"][number] };
  notice: { conversation: string; notice: Messages["notices"][number] };
  typing: { conversation: string; by: string; agent?: string; text?: string };
  viewing: { conversation: string; agents: Viewer[] };
  presence: { agents: Presence[] };
  queue: { waiting: number };
  metrics: { at: string };
  policy: { revision: string };
  lead: { person: string };
  refresh: Record<never, never>; // something was missed: read everything anew
}

export type FrameType = keyof Frames;

/** What the server hears. */
export type Said =
  | { type: "view" | "leave" | "composing" | "idle"; conversation: string }
  | { type: "heartbeat" };
