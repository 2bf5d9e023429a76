// The shapes that travel between the widget and the edge, as the public interface names them.

export type Lang = "zh" | "en";
export type Author = "customer" | "ai" | "human" | "system";

export interface Citation {
  article: string;
  title: string;
  passage: string;
}

export interface Picture {
  id: string;
  type?: string;
  width?: number;
  height?: number;
}

export interface Message {
  id: string;
  conversation?: string;
  text: string;
  by: Author;
  at: string;
  seq?: number;
  agent?: string;
  intent?: string;
  citations?: Citation[] | null;
  pictures?: Picture[] | null;
  options?: string[] | null;
  key?: string; // not on the wire: the idempotency key under which this widget sent it
}

export interface Session {
  session: string;
  token: string;
  conversation: string;
  visitor: string;
  expires_at?: string;
  brand?: { name?: string };
  member?: { name?: string };
}

export interface Handoff {
  state: "queued" | "moved" | "accepted" | "returned" | "left";
  position?: number;
  staffed?: boolean;
  agent?: string;
  text?: string;
}

export interface Typing {
  by: Author;
  message?: string;
  text?: string;
}

/** What the event stream says, told apart by kind. A passing sign has no seq: a resumed stream leaves it out. */
export type ServerEvent =
  | { kind: "reply" | "message"; seq: number; message: Message }
  | { kind: "typing"; typing: Typing }
  | { kind: "handoff"; seq: number | undefined; at: string; handoff: Handoff }
  | { kind: "closed"; seq: number | undefined };

/** Turns a frame of the stream into an event, or undefined when it is none the widget knows. */
export function decode(event: string, data: string, id: string | undefined): ServerEvent | undefined {
  let body: Record<string, unknown>;
  try {
    body = JSON.parse(data);
  } catch {
    return undefined;
  }
  if (typeof body !== "object" || body === null) return undefined;
  const place = Number(body.seq ?? id ?? Number.NaN);
  const seq = Number.isFinite(place) ? place : undefined;
  const at = typeof body.at === "string" ? body.at : new Date().toISOString();
  switch (event) {
    case "reply":
    case "message":
      if (typeof body.id !== "string" || typeof body.text !== "string" || seq === undefined) return undefined;
      return {
        kind: event,
        seq,
        message: { by: event === "message" ? "customer" : "ai", ...body, at, seq } as unknown as Message,
      };
    case "typing":
      return { kind: "typing", typing: body as unknown as Typing };
    case "handoff":
      return { kind: "handoff", seq, at, handoff: body as unknown as Handoff };
    case "closed":
      return { kind: "closed", seq };
  }
  return undefined;
}
