// Weighs what a browser loads before the workbench can be used, gzipped as the server sends it: `npm run budget`.
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const most = 400 * 1024; // bytes
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(await readFile(new URL("manifest.json", dist), "utf8"));

/** A chunk, what it imports, and the style sheets of them all. */
function files(name, found = new Set(["index.html"])) {
  const chunk = manifest[name];
  if (!chunk) throw new Error(`the build has no ${name}`);
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const sheet of chunk.css ?? []) found.add(sheet);
  for (const imported of chunk.imports ?? []) files(imported, found);
  return found;
}

const all = files("src/features/workbench/pages.tsx", files("index.html"));
let sum = 0;
for (const file of all) {
  const bytes = gzipSync(await readFile(new URL(file, dist)), { level: 9 }).length;
  sum += bytes;
  console.log(`${String(bytes).padStart(8)}  ${file}`);
}
console.log(`${String(sum).padStart(8)}  of ${most} bytes`);
if (sum > most) process.exitCode = 1;
