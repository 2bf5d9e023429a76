import type { Author, Handoff, Message, Picture, ServerEvent } from "./wire";

/** A Pending is a message that the edge has not confirmed yet. Its key stays the same on every attempt. */
export interface Pending {
  key: string;
  text: string;
  pictures: Picture[];
  at: string;
  status: "sending" | "waiting" | "failed";
  problem?: string; // the edge's sentence about a failed one
  claimed?: string; // the message in the log that this most likely is
}

/** What is known about the line for a person. */
export interface Queue {
  position: number;
  staffed: boolean;
  text: string;
}

/** State is everything that is shown of one conversation. */
export interface State {
  messages: Message[]; // in order, each once
  pending: Pending[];
  typing: { by: Author; text: string } | undefined;
  queue: Queue | undefined;
  agent: string | undefined; // the person who has the conversation
  cursor: number; // the latest event seen; 0 is none
  earlier: boolean; // whether there may be older messages
}

export type Action =
  | { do: "event"; event: ServerEvent }
  | { do: "history"; messages: Message[]; earlier: boolean }
  | { do: "add"; item: Pending }
  | { do: "mark"; key: string; status: Pending["status"]; problem?: string }
  | { do: "confirm"; key: string; message: Message }
  | { do: "drop"; key: string }
  | { do: "quiet" };

/** The part of the state that is not in the history and must be kept across a reload. */
export interface Kept {
  cursor: number;
  queue?: Queue;
  agent?: string;
}

export function initial(kept?: Kept, pending: Pending[] = []): State {
  return {
    messages: [],
    pending,
    typing: undefined,
    queue: kept?.queue,
    agent: kept?.agent,
    cursor: kept?.cursor ?? 0,
    earlier: false,
  };
}

export function keep(state: State): Kept {
  const kept: Kept = { cursor: state.cursor };
  if (state.queue) kept.queue = state.queue;
  if (state.agent !== undefined) kept.agent = state.agent;
  return kept;
}

export function reduce(state: State, action: Action): State {
  switch (action.do) {
    case "event":
      return onEvent(state, action.event);
    case "history": {
      const messages = action.messages.reduce(insert, state.messages);
      return { ...state, messages, earlier: action.earlier };
    }
    case "add":
      return { ...state, pending: [...state.pending, action.item] };
    case "mark":
      return withPending(state, action.key, (item) => {
        const { problem: _, ...rest } = item;
        return { ...rest, status: action.status, ...(action.problem ? { problem: action.problem } : {}) };
      });
    case "confirm": {
      const sent = state.pending.find((item) => item.key === action.key);
      const pending = state.pending.filter((item) => item.key !== action.key);
      if (state.messages.some((message) => message.id === action.message.id)) return { ...state, pending };
      // The log's own word with its seq follows on the stream; until then it stands after all that is known.
      const message: Message = { ...action.message, by: "customer", seq: last(state) + 0.5, key: action.key };
      if (!message.pictures && sent) message.pictures = sent.pictures;
      return { ...state, pending, messages: insert(state.messages, message) };
    }
    case "drop":
      return { ...state, pending: state.pending.filter((item) => item.key !== action.key) };
    case "quiet":
      return { ...state, typing: undefined };
  }
}

function onEvent(state: State, event: ServerEvent): State {
  if (event.kind === "typing") {
    return { ...state, typing: { by: event.typing.by, text: event.typing.text ?? "" } };
  }
  const seq = event.seq ?? state.cursor;
  const again = event.seq !== undefined && seq <= state.cursor;
  const next = { ...state, cursor: Math.max(state.cursor, seq) };
  switch (event.kind) {
    case "reply":
      return { ...next, typing: undefined, messages: insert(next.messages, event.message) };
    case "message":
      return claim({ ...next, messages: insert(next.messages, event.message) }, event.message, state);
    case "handoff":
      return again ? state : onHandoff(next, event.handoff, seq, event.at);
    case "closed":
      return again ? state : { ...next, typing: undefined, queue: undefined, agent: undefined };
  }
}

/** A message of the customer may be the one this widget is still waiting to hear about: show it once. */
function claim(next: State, message: Message, before: State): State {
  if (before.messages.some((known) => known.id === message.id)) return next;
  const mine = next.pending.find(
    (item) =>
      !item.claimed && item.text === message.text && item.pictures.length === (message.pictures ?? []).length,
  );
  if (!mine) return next;
  const claimed = withPending(next, mine.key, (item) => ({ ...item, claimed: message.id }));
  return { ...claimed, messages: insert(claimed.messages, { ...message, key: mine.key }) };
}

function onHandoff(state: State, handoff: Handoff, seq: number, at: string): State {
  const text = handoff.text ?? "";
  switch (handoff.state) {
    case "queued":
    case "moved":
      return {
        ...state,
        agent: undefined,
        queue: { position: handoff.position ?? 0, staffed: handoff.staffed ?? false, text },
      };
    case "accepted":
      return note({ ...state, queue: undefined, agent: handoff.agent ?? "" }, text, seq, at);
    case "returned":
    case "left":
      return note({ ...state, queue: undefined, agent: undefined }, text, seq, at);
  }
}

/** Puts a line of the system into the conversation, unless somebody has just said the same. */
function note(state: State, text: string, seq: number, at: string): State {
  if (text === "" || state.messages.at(-1)?.text === text) return state;
  return { ...state, messages: insert(state.messages, { id: `note-${seq}`, by: "system", text, at, seq }) };
}

/** Puts a message in its place, instead of the one with the same id if there is one. */
function insert(messages: Message[], message: Message): Message[] {
  const place = message.seq ?? 0;
  const key = message.key ?? messages.find((known) => known.id === message.id)?.key;
  const rest = messages.filter((known) => known.id !== message.id);
  let at = rest.length;
  while (at > 0 && (rest[at - 1]?.seq ?? 0) > place) at--;
  rest.splice(at, 0, key === undefined ? message : { ...message, key });
  return rest;
}

function withPending(state: State, key: string, change: (item: Pending) => Pending): State {
  return { ...state, pending: state.pending.map((item) => (item.key === key ? change(item) : item)) };
}

function last(state: State): number {
  return Math.floor(state.messages.at(-1)?.seq ?? 0);
}

/** The place up to which the customer has seen everything once the panel is open. */
export function newest(state: State): number {
  return state.messages.at(-1)?.seq ?? 0;
}

/** How many messages of others lie beyond the given place. */
export function unread(state: State, read: number): number {
  return state.messages.filter((message) => message.by !== "customer" && (message.seq ?? 0) > read).length;
}
