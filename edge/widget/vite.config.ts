import { defineConfig } from "vitest/config";

// One classic script that wraps itself, so that it can be loaded with async on any page and leaks nothing.
export default defineConfig({
  build: {
    target: "es2022",
    cssTarget: "chrome123", // keep light-dark(); the style sheet carries its own fallback
    lib: { entry: "src/main.ts", formats: ["iife"], name: "KeliuWidget", fileName: () => "widget.js" },
    outDir: "dist",
    emptyOutDir: false, // dist/.keep is committed
    reportCompressedSize: true,
  },
  test: { include: ["test/*.test.ts"] },
});
