// The words of Rego, for the editor.
import type { StreamParser } from "@codemirror/language";

const words = /^(package|import|as|default|if|else|not|in|every|some|contains|with)\b/;

export const rego: StreamParser<unknown> = {
  name: "rego",
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return "comment";
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^`[^`]*`?/)) return "string";
    if (stream.match(/^\d+(?:\.\d+)?\b/)) return "number";
    if (stream.match(/^(true|false|null)\b/)) return "atom";
    if (stream.match(words)) return "keyword";
    if (stream.match(/^[A-Za-z_]\w*(?=\()/)) return "variableName.function";
    if (stream.match(/^[A-Za-z_]\w*/)) return "variableName";
    stream.next();
    return null;
  },
  languageData: { commentTokens: { line: "#" } },
};
