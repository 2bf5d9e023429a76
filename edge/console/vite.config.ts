import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// KELIU_URL is a running product for `npx vite` to stand before while pages are written.
const product = process.env.KELIU_URL ?? "http://127.0.0.1:8080";
const scrollbar = fileURLToPath(new URL("src/shell/scrollbar.ts", import.meta.url));

export default defineConfig({
  plugins: [react()],
  // What Ant Design's tables and drawers measure scroll bars with writes styles without the nonce.
  resolve: { alias: [{ find: /^\.{1,2}\/getScrollBarSize$/, replacement: scrollbar }] },
  html: { cspNonce: "__NONCE__" }, // the server puts a fresh one into every page
  build: {
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"], // know light-dark()
    outDir: "dist", // emptied first; public/.keep comes back, which lets Go embed the folder of a fresh clone
    manifest: "manifest.json",
    chunkSizeWarningLimit: 1200,
  },
  server: {
    proxy: {
      "/api": { target: product, ws: true },
      "/demo": product,
      "/openapi.json": product,
      "/widget.js": product,
    },
  },
  test: { include: ["test/*.test.ts", "src/**/*.test.ts"] },
});
