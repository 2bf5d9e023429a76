// Names for what the API's document describes.
import type { Answer } from "../../api/types";

/** A conversation as the list shows it. */
export type Row = Answer<"/api/v1/conversations">["conversations"][number];

type Told = Answer<"/api/v1/conversations/{id}/messages">;
export type Message = Told["messages"][number];
export type Notice = Told["notices"][number];

export type Opened = Answer<"/api/v1/conversations/{id}">;
export type Counts = Answer<"/api/v1/conversations/counts">;
export type Customer = Answer<"/api/v1/conversations/{id}/customer">;
export type Note = Customer["notes"][number];
export type Order = Customer["orders"][number];
export type Quote = Customer["quotes"][number];
export type Scores = NonNullable<Row["scores"]>;
export type Allowance = NonNullable<Row["quota"]>[number];
export type Delivery = Answer<"/api/v1/conversations/{id}/deliveries">["deliveries"][number];
export type Suggestion = Answer<"/api/v1/conversations/{id}/suggestion">;
export type Canned = Answer<"/api/v1/canned">["canned"][number];

/** How unhappy a customer is, by the house's own bounds. */
export function mood(emotion: number): "furious" | "unhappy" | "calm" | "happy" {
  if (emotion <= -0.75) return "furious";
  if (emotion <= -0.4) return "unhappy";
  return emotion >= 0.4 ? "happy" : "calm";
}
