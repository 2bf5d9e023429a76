// Names for what the API's document describes without names.
import type { paths } from "./schema";

type Method = "get" | "post" | "put" | "patch" | "delete";
type JSONOf<T> = T extends { content: { "application/json": infer Body } } ? Body : never;

/** What a call answers: Answer<"/api/v1/staff">. */
export type Answer<P extends keyof paths, M extends Method = "get"> = paths[P][M] extends {
  responses: { 200: infer Done };
}
  ? JSONOf<Done>
  : never;

/** What a call takes: Request<"/api/v1/staff/login", "post">. */
export type Request<P extends keyof paths, M extends Method = "post"> = paths[P][M] extends {
  requestBody?: infer Body;
}
  ? JSONOf<NonNullable<Body>>
  : never;

/** Whoever is logged in. */
export type Me = Answer<"/api/v1/staff/me">;
