// Every call of the API goes through here: in the person's language, with one kind of error.
import createClient, { type Middleware } from "openapi-fetch";
import i18n from "../shell/i18n";
import type { paths } from "./schema";

/** What every failed call throws. The message is a sentence for the person, in their language. */
export class ApiError extends Error {
  constructor(
    readonly status: number, // 0: the server was not reached
    readonly code: string,
    message: string,
    readonly requestId = "",
    readonly retryAfter = 0, // seconds
  ) {
    super(message);
  }
}

type Listener = () => void;
const loggedOut = new Set<Listener>();

/** Hears when a call was refused because nobody is logged in any more. Returns how to stop hearing. */
export function onLoggedOut(listener: Listener): () => void {
  loggedOut.add(listener);
  return () => loggedOut.delete(listener);
}

/** Says that the login has ended. */
export function tellLoggedOut() {
  for (const listener of loggedOut) listener();
}

/** Reads the error of an answer. What is not the API's own error, such as a proxy's page, gets a sentence of ours. */
export async function problemOf(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get("Retry-After")) || 0;
  try {
    const { error } = (await response.json()) as {
      error: { code: string; message: string; request_id: string };
    };
    return new ApiError(response.status, error.code, error.message, error.request_id, retryAfter);
  } catch {
    return new ApiError(
      response.status,
      "unreadable",
      i18n.t("shell:error.unreadable", { status: response.status }),
    );
  }
}

const manners: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", i18n.language);
  },
  async onResponse({ response }) {
    if (response.ok) return;
    const problem = await problemOf(response);
    if (response.status === 401 && problem.code !== "login_failed") tellLoggedOut();
    throw problem;
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === "AbortError") return error;
    return new ApiError(0, "offline", i18n.t("shell:error.offline"));
  },
};

/** The API, typed by its own document. Calls throw ApiError; `take` reads what they answer. */
export const api = createClient<paths>({ baseUrl: location.origin });
api.use(manners);

/** Reads the answer of a call: `take(api.GET("/api/v1/staff"))`. */
export async function take<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  return data as T; // calls that were refused have thrown
}
