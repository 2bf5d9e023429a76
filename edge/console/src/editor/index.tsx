// A code editor, loaded when the first one is shown.
import type { StreamParser } from "@codemirror/language";
import { Skeleton } from "antd";
import { lazy, Suspense } from "react";

/** Something to be said about a line. Lines and columns count from 1. */
export interface Remark {
  line: number;
  column?: number;
  severity: "error" | "warning" | "info";
  message: string;
}

/** A place in a text. Lines and columns count from 1. */
export interface Place {
  line: number;
  column?: number;
}

export interface EditorProps {
  value: string; // a value other than what was typed last replaces the text
  onChange?: (value: string) => void;
  onSave?: () => void; // Ctrl+S or ⌘S
  label: string; // for those who do not see it
  readOnly?: boolean;
  language?: StreamParser<unknown>; // keep it the same object
  completions?: string[]; // words that are offered beside those of the text; keep it the same object
  remarks?: Remark[];
  place?: Place; // where the cursor goes; another object moves it there again
  height?: string; // CSS; 420px when it is left out
}

const CodeMirror = lazy(() => import("./CodeMirror"));

export function CodeEditor(props: EditorProps) {
  const height = props.height ?? "420px";
  return (
    <Suspense fallback={<Skeleton.Node active style={{ width: "100%", height }} />}>
      <CodeMirror {...props} height={height} />
    </Suspense>
  );
}
