// Shows Markdown as the library reads it: headings, lists, emphasis and paragraphs. Nothing in it becomes HTML.
import type { ReactNode } from "react";

export function Markdown({ text }: { text: string }) {
  return (
    <div style={{ overflowWrap: "anywhere" }}>
      {text
        .split(/\n{2,}/)
        .filter((block) => block.trim())
        .map((block, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no name of their own
          <Block key={i} text={block.trim()} />
        ))}
    </div>
  );
}

function Block({ text }: { text: string }) {
  const [first = "", ...rest] = text.split("\n");
  const heading = /^#{1,6}\s+(.*)$/.exec(first);
  if (heading)
    return (
      <>
        <h3>{emphasis(heading[1] ?? "")}</h3>
        {rest.length > 0 && <Block text={rest.join("\n")} />}
      </>
    );
  const lines = text.split("\n");
  if (lines.every((line) => /^\s*([-*]|\d+\.)\s+/.test(line))) {
    const List = /^\s*\d/.test(first) ? "ol" : "ul";
    return (
      <List>
        {lines.map((line) => (
          <li key={line}>{emphasis(line.replace(/^\s*([-*]|\d+\.)\s+/, ""))}</li>
        ))}
      </List>
    );
  }
  return <p style={{ whiteSpace: "pre-line" }}>{emphasis(text)}</p>;
}

function emphasis(text: string): ReactNode[] {
  return text.split(/(\*\*[^*]+\*\*)/).map((piece, i) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no name of their own
    /^\*\*.+\*\*$/.test(piece) ? <strong key={i}>{piece.slice(2, -2)}</strong> : piece,
  );
}
