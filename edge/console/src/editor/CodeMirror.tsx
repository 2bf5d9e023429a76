// The only door to CodeMirror's view. Nothing outside this folder imports it.
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completeAnyWord,
  completeFromList,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  StreamLanguage,
  syntaxHighlighting,
} from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension, type Text } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { useEffect, useRef } from "react";
import { nonce, useLook } from "../shell/theme";
import type { EditorProps, Place, Remark } from "./index";
import { darkStyle, lightStyle, page } from "./look";

/** Where a place is in a text, and where its line ends. What lies outside of the text moves to its end. */
function find(doc: Text, place: Place): { from: number; to: number } {
  const line = doc.line(Math.min(Math.max(place.line, 1), doc.lines));
  return { from: Math.min(line.from + Math.max((place.column ?? 1) - 1, 0), line.to), to: line.to };
}

/** A remark as the editor shows it. */
export function diagnostic(doc: Text, remark: Remark): Diagnostic {
  return { ...find(doc, remark), severity: remark.severity, message: remark.message };
}

const basics: Extension = [
  lineNumbers(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightSelectionMatches(),
  search({ top: true }),
  lintGutter(),
  keymap.of([
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...completionKeymap,
    ...lintKeymap,
  ]),
];

export default function CodeMirror(props: EditorProps) {
  const { value, label, readOnly = false, language, completions, remarks, place, height } = props;
  const { dark } = useLook();
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(props);
  const looks = useRef(new Compartment());
  const writable = useRef(new Compartment());
  useEffect(() => {
    latest.current = props;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text, the look and the rest follow in effects of their own
  useEffect(() => {
    if (!box.current) return;
    const save = () => {
      latest.current.onSave?.();
      return true;
    };
    const made = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          EditorView.cspNonce.of(nonce),
          keymap.of([{ key: "Mod-s", preventDefault: true, run: save }]),
          basics,
          autocompletion({ override: [completeFromList(completions ?? []), completeAnyWord] }),
          language ? StreamLanguage.define(language) : [],
          looks.current.of(looked(dark)),
          writable.current.of(EditorState.readOnly.of(readOnly)),
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
          EditorView.updateListener.of((u) => {
            const text = u.state.doc.toString();
            if (u.docChanged && text !== latest.current.value) latest.current.onChange?.(text);
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, [language, completions, label]);
  useEffect(() => {
    const shown = view.current;
    if (shown && shown.state.doc.toString() !== value) {
      shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: value } });
    }
  }, [value]);
  useEffect(() => view.current?.dispatch({ effects: looks.current.reconfigure(looked(dark)) }), [dark]);
  useEffect(
    () =>
      view.current?.dispatch({ effects: writable.current.reconfigure(EditorState.readOnly.of(readOnly)) }),
    [readOnly],
  );
  useEffect(() => {
    const shown = view.current;
    if (shown)
      shown.dispatch(
        setDiagnostics(
          shown.state,
          (remarks ?? []).map((r) => diagnostic(shown.state.doc, r)),
        ),
      );
  }, [remarks]);
  useEffect(() => {
    const shown = view.current;
    if (!shown || !place) return;
    const { from } = find(shown.state.doc, place);
    shown.dispatch({
      selection: { anchor: from },
      effects: EditorView.scrollIntoView(from, { y: "center" }),
    });
    shown.focus();
  }, [place]);
  return <div ref={box} style={{ height, overflow: "hidden" }} />;
}

function looked(dark: boolean): Extension {
  return [page(dark), syntaxHighlighting(HighlightStyle.define(dark ? darkStyle : lightStyle))];
}
