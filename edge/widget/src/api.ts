import type { Lang, Message, Picture, Session } from "./wire";

const patience = 20_000; // ms until an unanswered request counts as lost

/** A Failure is a request that did not succeed. Status 0 means that no answer came. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly retryAfter: number | undefined = undefined, // ms
  ) {
    super(message);
  }

  /** Whether the same request may succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** Whether the session has to be made anew. */
  get expired(): boolean {
    return this.status === 401 || this.status === 410;
  }
}

/** What a session is asked for. */
export interface Hello {
  visitor: string | undefined;
  member: string | undefined;
  page: string;
  lang: Lang;
}

/** Api speaks the edge's HTTP. It holds no state but the language and whom to ask. */
export class Api {
  constructor(
    private readonly base: string,
    private readonly lang: () => Lang,
    private readonly fetcher: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  session(hello: Hello): Promise<Session> {
    return this.json<Session>("POST", "/sessions", { body: JSON.stringify(hello) });
  }

  async send(token: string, key: string, text: string, pictures: string[]): Promise<Message> {
    const body = JSON.stringify(pictures.length > 0 ? { text, pictures } : { text });
    const headers = { "Idempotency-Key": key };
    return (await this.json<{ message: Message }>("POST", "/messages", { token, body, headers })).message;
  }

  async history(token: string, before: number | undefined, limit: number): Promise<Message[]> {
    const query = before === undefined ? `?limit=${limit}` : `?before=${before}&limit=${limit}`;
    return (
      (await this.json<{ messages: Message[] | null }>("GET", `/messages${query}`, { token })).messages ?? []
    );
  }

  async upload(token: string, picture: Blob): Promise<Picture> {
    const headers = { "Content-Type": picture.type };
    return (await this.json<{ picture: Picture }>("POST", "/pictures", { token, body: picture, headers }))
      .picture;
  }

  async leave(token: string): Promise<void> {
    await this.json("POST", "/leave", { token });
  }

  async typing(token: string): Promise<void> {
    await this.json("POST", "/typing", { token });
  }

  /** Opens the event stream after the event with the given id, or from the beginning, and tells where the customer is. */
  async events(
    token: string,
    after: string | undefined,
    page: string,
    signal: AbortSignal,
  ): Promise<Response> {
    const headers: Record<string, string> = { Accept: "text/event-stream", Authorization: `Bearer ${token}` };
    if (after) headers["Last-Event-ID"] = after;
    const url = this.url(`/events?page=${encodeURIComponent(page)}`);
    return this.checked(this.fetcher(url, { headers: this.common(headers), signal, cache: "no-store" }));
  }

  pictureURL(token: string, id: string): string {
    return this.url(`/pictures/${encodeURIComponent(id)}?token=${encodeURIComponent(token)}`);
  }

  private url(path: string): string {
    return `${this.base}/api/v1/web${path}`;
  }

  private common(headers: Record<string, string>): Record<string, string> {
    return { "Accept-Language": this.lang(), ...headers };
  }

  private async json<T>(
    method: string,
    path: string,
    call: { token?: string; body?: BodyInit; headers?: Record<string, string> },
  ): Promise<T> {
    const headers: Record<string, string> = { "Content-Type": "application/json", ...call.headers };
    if (call.token) headers.Authorization = `Bearer ${call.token}`;
    if (call.body === undefined) delete headers["Content-Type"];
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), patience);
    try {
      const init: RequestInit = { method, headers: this.common(headers), signal: abort.signal };
      if (call.body !== undefined) init.body = call.body;
      const response = await this.checked(this.fetcher(this.url(path), init));
      const text = await response.text();
      return (text ? JSON.parse(text) : undefined) as T;
    } catch (err) {
      throw err instanceof Failure ? err : new Failure(0, "no_answer", "");
    } finally {
      clearTimeout(timer);
    }
  }

  private async checked(request: Promise<Response>): Promise<Response> {
    let response: Response;
    try {
      response = await request;
    } catch {
      throw new Failure(0, "no_answer", "");
    }
    if (response.ok) return response;
    const wait = Number(response.headers.get("Retry-After"));
    let problem: { code?: string; message?: string } = {};
    try {
      problem = (await response.json()).error ?? {};
    } catch {
      // A proxy on the way answered in words of its own.
    }
    throw new Failure(
      response.status,
      problem.code ?? "",
      problem.message ?? "",
      wait > 0 ? wait * 1000 : undefined,
    );
  }
}
