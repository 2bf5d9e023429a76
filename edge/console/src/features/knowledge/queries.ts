// What the knowledge base's pages ask the API.
import { useQuery } from "@tanstack/react-query";
import { ApiError, api, problemOf, take } from "../../api/client";
import { queryClient } from "../../api/queries";
import type { Answer } from "../../api/types";
import i18n from "../../shell/i18n";

export type Shelved = Answer<"/api/v1/knowledge/library">["articles"][number];
export type Opened = Answer<"/api/v1/knowledge/articles/{id}">;
export type Part = Opened["parts"][number];
export type Gap = Answer<"/api/v1/knowledge/gaps">["gaps"][number];

/** What a document is when there is one of its title: asked about, a version of that one, an article of its own. */
export type As = "" | "version" | "new";

export function useLibrary(enabled: boolean) {
  return useQuery({
    enabled,
    queryKey: ["knowledge", "library"],
    queryFn: () => take(api.GET("/api/v1/knowledge/library")),
  });
}

export function usePublished(enabled: boolean) {
  return useQuery({
    enabled,
    queryKey: ["knowledge", "published"],
    queryFn: () => take(api.GET("/api/v1/knowledge/articles")),
  });
}

export function useArticle(id: string, version: number) {
  return useQuery({
    queryKey: ["knowledge", "article", id, version],
    queryFn: () => readArticle(id, version),
  });
}

/** Reads a version of an article; 0 is the published one, or else the latest. */
export function readArticle(id: string, version: number): Promise<Opened> {
  const query = version ? { version: String(version) } : {};
  return take(api.GET("/api/v1/knowledge/articles/{id}", { params: { path: { id }, query } }));
}

export function useFound(q: string, customer: boolean) {
  return useQuery({
    enabled: q !== "",
    queryKey: ["knowledge", "found", q, customer],
    queryFn: () =>
      take(
        api.GET("/api/v1/knowledge/search", { params: { query: customer ? { q, for: "customer" } : { q } } }),
      ),
  });
}

export function useGaps() {
  return useQuery({
    queryKey: ["knowledge", "gaps"],
    queryFn: () => take(api.GET("/api/v1/knowledge/gaps")),
  });
}

/** Reads everything about the knowledge base again after a change. */
export function refresh() {
  return queryClient.invalidateQueries({ queryKey: ["knowledge"] });
}

/** Uploads a document and tells how far it is, 0 to 100. */
export function upload(
  file: File,
  fields: { audience: string; as: As; publish: boolean },
  progress: (percent: number) => void,
): Promise<void> {
  const form = new FormData();
  form.append("file", file);
  form.append("audience", fields.audience);
  form.append("as", fields.as);
  form.append("publish", String(fields.publish));
  return new Promise((done, failed) => {
    const call = new XMLHttpRequest(); // fetch does not tell how far an upload is
    call.open("POST", "/api/v1/knowledge/articles");
    call.setRequestHeader("Accept-Language", i18n.language);
    call.upload.onprogress = (e) => e.lengthComputable && progress(Math.round((e.loaded / e.total) * 100));
    call.onerror = () => failed(new ApiError(0, "offline", i18n.t("shell:error.offline")));
    call.onload = () =>
      call.status === 200
        ? done()
        : void problemOf(new Response(call.responseText, { status: call.status })).then(failed);
    call.send(form);
  });
}
