/** One event of a text/event-stream. Id is set only when this very event carried one. */
export interface Frame {
  event: string;
  data: string;
  id?: string;
}

/**
 * Frames cuts a stream of bytes into events. It takes chunks as the network cuts them: inside a line, between
 * CR and LF, inside a character.
 */
export class Frames {
  private readonly decoder = new TextDecoder();
  private line = "";
  private afterReturn = false;
  private event = "";
  private data: string[] = [];
  private id: string | undefined;

  push(bytes: Uint8Array): Frame[] {
    const out: Frame[] = [];
    for (const char of this.decoder.decode(bytes, { stream: true })) {
      const second = char === "\n" && this.afterReturn; // the second half of a CRLF
      this.afterReturn = char === "\r";
      if (second) continue;
      if (char !== "\n" && char !== "\r") {
        this.line += char;
        continue;
      }
      const frame = this.endLine(this.line);
      this.line = "";
      if (frame) out.push(frame);
    }
    return out;
  }

  private endLine(line: string): Frame | undefined {
    if (line === "") return this.endEvent();
    const colon = line.indexOf(":");
    if (colon === 0) return undefined; // a comment, sent to keep the line open
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "data") this.data.push(value);
    else if (field === "event") this.event = value;
    else if (field === "id" && !value.includes("\0")) this.id = value;
    return undefined;
  }

  private endEvent(): Frame | undefined {
    const { event, data, id } = this;
    this.event = "";
    this.data = [];
    this.id = undefined;
    if (data.length === 0) return undefined;
    return { event: event || "message", data: data.join("\n"), ...(id === undefined ? {} : { id }) };
  }
}
