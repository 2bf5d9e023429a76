// Writes src/api/schema.ts from a product's description of itself: `npm run types` takes it from KELIU_URL, or from the
// product that KELIU_BIN names (../../bin/keliu by default), which is started for that.
import { writeFile } from "node:fs/promises";
import { startProduct } from "../test/browser/harness.mjs";
import { schemaOf } from "../test/browser/schema.mjs";

process.env.KELIU_BIN ??= new URL("../../../bin/keliu", import.meta.url).pathname;
const product = await startProduct();
try {
  await writeFile(new URL("../src/api/schema.ts", import.meta.url), await schemaOf(product.url));
} finally {
  await product.close();
}
