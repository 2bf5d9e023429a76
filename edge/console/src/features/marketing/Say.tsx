// What one of the staff says to a lead, by a way that is open now.
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Input, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { toast } from "../../shell/toast";
import styles from "./marketing.module.css";
import { type Known, refreshLeads } from "./queries";

/** How each step is said. */
const kinds: Record<string, string> = {
  public_reply: "public_reply",
  greet: "greeting",
  direct_message: "direct_message",
  push: "push",
};

/** The ways that are open: the next step, and a window in which something is left. */
function ways({ lead, left }: Known): string[] {
  if (lead.next_step === "nothing") return [];
  const open = new Set<string>();
  const next = kinds[lead.next_step];
  if (next && lead.allowed) open.add(next);
  if (left.some((a) => a.scene === "reply" && a.left > 0)) open.add("direct_message");
  return [...open];
}

export function Say({ known }: { known: Known }) {
  const { t } = useTranslation("marketing");
  const open = ways(known);
  const [chosen, setChosen] = useState<string>();
  const [draft, setDraft] = useState({ text: "", key: crypto.randomUUID() });
  const kind = chosen && open.includes(chosen) ? chosen : open[0];
  const { person } = known.lead;
  const send = useMutation({
    meta: { quiet: true },
    mutationFn: (kind: string) =>
      take(
        api.POST("/api/v1/leads/{person}/send", {
          params: { path: { person }, header: { "Idempotency-Key": draft.key } },
          body: { kind, text: draft.text },
        }),
      ),
    onSuccess: () => {
      setDraft({ text: "", key: crypto.randomUUID() });
      toast.success(t("on_its_way"));
      return refreshLeads();
    },
  });
  if (!kind) return null;
  return (
    <form
      className={styles.say}
      onSubmit={(e) => {
        e.preventDefault();
        send.mutate(kind);
      }}
    >
      {open.length > 1 && (
        <Segmented
          aria-label={t("how")}
          value={kind}
          onChange={setChosen}
          options={open.map((k) => ({ value: k, label: t(`kind.${k}`) }))}
        />
      )}
      {send.error && <Alert type="error" showIcon role="alert" title={send.error.message} />}
      <Input.TextArea
        aria-label={t(`kind.${kind}`)}
        placeholder={t(`say.${kind}`)}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={1000}
        value={draft.text}
        onChange={(e) => setDraft({ text: e.target.value, key: crypto.randomUUID() })}
      />
      <Button type="primary" htmlType="submit" loading={send.isPending} disabled={!draft.text.trim()}>
        {t(`kind.${kind}`)}
      </Button>
    </form>
  );
}
