// The editor in the colours of the page.
import type { TagStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags as t } from "@lezer/highlight";

const style = (keyword: string, text: string, number: string, comment: string, name: string): TagStyle[] => [
  { tag: [t.keyword, t.operatorKeyword, t.modifier, t.definitionKeyword], color: keyword },
  { tag: [t.string, t.special(t.string)], color: text },
  { tag: [t.number, t.bool, t.null, t.atom], color: number },
  { tag: [t.comment], color: comment, fontStyle: "italic" },
  {
    tag: [
      t.function(t.variableName),
      t.propertyName,
      t.definition(t.variableName),
      t.standard(t.variableName),
    ],
    color: name,
  },
];

export const lightStyle = style("#8a2f6b", "#1b6b4c", "#9a5b00", "#5c665f", "#1d5c9e");
export const darkStyle = style("#e08fc0", "#7fd0a8", "#e6b566", "#a0aba5", "#8fc0f0");

/** The frame of the editor. */
export function page(dark: boolean) {
  return EditorView.theme(
    {
      "&": {
        height: "100%",
        fontSize: "13px",
        color: "var(--ant-color-text)",
        backgroundColor: "var(--ant-color-bg-container)",
        border: "1px solid var(--ant-color-border)",
        borderRadius: "6px",
      },
      "&.cm-focused": { outline: "2px solid var(--ant-color-primary)" },
      ".cm-scroller": {
        fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
        lineHeight: "1.6",
      },
      ".cm-gutters": {
        color: "var(--ant-color-text-tertiary)",
        backgroundColor: "var(--ant-color-fill-quaternary)",
        border: "0",
      },
      ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--ant-color-fill-tertiary)" },
      ".cm-cursor": { borderLeftColor: "var(--ant-color-text)" },
    },
    { dark },
  );
}
