/** Where one goes after logging in: the page one came from, if it is one of ours. */
export function nextPath(next: string | null): string {
  if (!next?.startsWith("/")) return "/";
  const target = new URL(next, "http://console.invalid");
  if (target.host !== "console.invalid" || target.pathname.startsWith("/login")) return "/";
  return target.pathname + target.search + target.hash;
}
