// Calls whoever answers: by a sound, and outside of the page when that is allowed.
import { BellFilled, BellOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Tooltip } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, take } from "../api/client";
import { Attention, type Call } from "../live/attention";
import { useLive } from "../live/live";
import { chime } from "./chime";
import { may } from "./feature";
import { remember, remembered } from "./memory";
import { useMe } from "./session";
import { toast } from "./toast";

/** Hears whatever is worth a call, for as long as the page is open. */
function useCalls(me: string, call: (call: Call) => void) {
  const mine = useQuery({
    queryKey: ["mine", me],
    queryFn: () =>
      take(
        api.GET("/api/v1/conversations", {
          params: { query: { mine: "true", stage: "human", limit: "200" } },
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY, // the live line goes on from there
    gcTime: 0,
  }).data;
  const attention = useRef(new Attention(me));
  useEffect(() => {
    if (mine) attention.current = new Attention(me, new Set(mine.conversations.map((row) => row.id)));
  }, [me, mine]);
  const heard = (told: Call | undefined) => told && call(told);
  useLive("notice", (frame) => attention.current.notice(frame));
  useLive("conversation", ({ conversation }) => heard(attention.current.row(conversation)));
  useLive("queue", (frame) => heard(attention.current.queue(frame)));
}

/** Whether the person sees a conversation at this moment. */
function sees(id: string): boolean {
  return document.hasFocus() && location.pathname.endsWith(`/${id}`);
}

function Bell() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const [on, setOn] = useState(remembered("alerts") === "on");
  const notify = (title: string, body: string, path: string) => {
    if (document.hasFocus() || !("Notification" in window) || Notification.permission !== "granted") return;
    try {
      const note = new Notification(title, { body, tag: path });
      note.onclick = () => {
        window.focus();
        navigate(path);
        note.close();
      };
    } catch {
      // some phones notify by service workers only: there it stays with the sound
    }
  };
  useCalls(me.id, (call) => {
    if (call.why === "queue") {
      if (!on || me.status !== "online") return;
      chime();
      return notify(t("alerts.queue", { count: call.waiting }), "", "/inbox?tab=queue");
    }
    const { row, why } = call;
    const customer = row.name || t("alerts.somebody");
    if (why === "taken") {
      toast.info(t("alerts.taken", { customer, agent: row.agent_name ?? "" }));
      return;
    }
    if (!on || sees(row.id)) return;
    chime();
    notify(why === "yours" ? t("alerts.yours", { customer }) : customer, row.last, `/inbox/${row.id}`);
  });
  const toggle = async () => {
    setOn(!on);
    remember("alerts", on ? null : "on");
    if (on) return;
    chime();
    if (!("Notification" in window)) return toast.info(t("alerts.sound_only"));
    if (Notification.permission === "default") await Notification.requestPermission();
    if (Notification.permission !== "granted") toast.info(t("alerts.sound_only"));
  };
  return (
    <Tooltip title={t(on ? "alerts.on" : "alerts.off")}>
      <Button
        type="text"
        icon={on ? <BellFilled /> : <BellOutlined />}
        aria-label={t("alerts.label")}
        aria-pressed={on}
        onClick={() => void toggle()}
      />
    </Tooltip>
  );
}

/** The bell of whoever answers customers; nothing for everybody else. */
export function Alerts() {
  const me = useMe();
  return may(me, "conversations", "write") ? <Bell /> : null;
}
