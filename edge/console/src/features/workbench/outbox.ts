// What was sent and does not stand in the thread yet. A message that failed stays, over reloads too, with the key under which
// it is sent again: however often that is, the customer gets it once.
import { useSyncExternalStore } from "react";
import { ApiError, api, take } from "../../api/client";
import { remember, remembered } from "../../shell/memory";

export interface Outgoing {
  key: string; // Idempotency-Key
  text: string;
  at: string;
  seen: number; // the last place of the thread that the writer saw
  suggestion?: string; // from which it was made
  force?: boolean; // though a colleague has answered
  id?: string; // of the message that the API made of it
  failure?: { code: string; message: string };
}

const boxes = new Map<string, Outgoing[]>();
const watchers = new Set<() => void>();
const none: Outgoing[] = [];

function box(conversation: string): Outgoing[] {
  let all = boxes.get(conversation);
  if (!all) {
    all = restored(remembered(`outbox.${conversation}`));
    boxes.set(conversation, all);
  }
  return all;
}

function restored(kept: string | null): Outgoing[] {
  if (!kept) return none;
  try {
    return JSON.parse(kept) as Outgoing[];
  } catch {
    return none;
  }
}

function set(conversation: string, all: Outgoing[]) {
  boxes.set(conversation, all);
  const failed = all.filter((o) => o.failure);
  remember(`outbox.${conversation}`, failed.length > 0 ? JSON.stringify(failed) : null);
  for (const tell of watchers) tell();
}

function change(conversation: string, key: string, by: Partial<Outgoing>) {
  set(
    conversation,
    box(conversation).map((o) => (o.key === key ? { ...o, ...by } : o)),
  );
}

/** What is on its way in a conversation. */
export function outgoing(conversation: string): Outgoing[] {
  return box(conversation);
}

/** The same, up to date. */
export function useOutbox(conversation: string): Outgoing[] {
  return useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => box(conversation),
  );
}

// crypto.randomUUID is not there on a page that came over plain HTTP, as it does within a company.
function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join(
    "",
  );
}

/** Sends a message. That it failed stands in the outbox afterwards. */
export async function send(conversation: string, out: Omit<Outgoing, "key" | "at">): Promise<void> {
  const made = { ...out, key: freshKey(), at: new Date().toISOString() };
  set(conversation, [...box(conversation), made]);
  await post(conversation, made);
}

/** Sends a message that failed once more; with force although a colleague has answered. */
export async function again(conversation: string, out: Outgoing, force = out.force): Promise<void> {
  const changed = { ...out, force, failure: undefined };
  change(conversation, out.key, changed);
  await post(conversation, changed);
}

/** Takes a message out: it stands in the thread, or the writer gives it up. */
export function drop(conversation: string, keys: string[]) {
  if (keys.length > 0) {
    set(
      conversation,
      box(conversation).filter((o) => !keys.includes(o.key)),
    );
  }
}

async function post(conversation: string, out: Outgoing): Promise<void> {
  const { key, text, seen, suggestion, force } = out;
  try {
    const { message } = await take(
      api.POST("/api/v1/conversations/{id}/messages", {
        params: { path: { id: conversation }, header: { "Idempotency-Key": key } },
        body: { text, seen, ...(suggestion && { suggestion }), ...(force && { force }) },
      }),
    );
    change(conversation, key, { id: message.id });
  } catch (err) {
    const failure =
      err instanceof ApiError
        ? { code: err.code, message: err.message }
        : { code: "failed", message: String(err) };
    change(conversation, key, { failure });
  }
}
