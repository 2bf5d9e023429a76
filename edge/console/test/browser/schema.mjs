import openapiTS, { astToString } from "openapi-typescript";

const head = "// Made by `npm run types` from /openapi.json; not written by hand.\n";

/** The TypeScript of a running product's API. */
export async function schemaOf(url) {
  const document = await (await fetch(`${url}/openapi.json`)).json();
  return head + astToString(await openapiTS(document, { alphabetize: true }));
}
