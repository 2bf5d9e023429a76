// One's own canned answers, to add, change and discard. An administrator keeps the team's.
import { DeleteOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Checkbox, Flex, Input, Modal, Popconfirm, Radio, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import type { Request } from "../../api/types";
import { useMay, useMe } from "../../shell/session";
import { Queried } from "../../shell/states";
import type { Canned } from "./model";
import { refreshCanned, useCanned } from "./queries";
import styles from "./side.module.css";

type Draft = Request<"/api/v1/canned"> & { id?: string };

export default function CannedBook({ close }: { close: () => void }) {
  const { t } = useTranslation("workbench");
  const me = useMe();
  const leads = useMay("settings", "write");
  const canned = useCanned();
  const [draft, setDraft] = useState<Draft>();
  const discard = useMutation({
    mutationFn: (id: string) => api.DELETE("/api/v1/canned/{id}", { params: { path: { id } } }),
    onSuccess: refreshCanned,
  });
  const fresh = () => setDraft({ title: "", text: "", lang: "zh" });
  return (
    <Modal open onCancel={close} title={t("canned.manage")} footer={null} width={640}>
      {draft ? (
        <Editor draft={draft} done={() => setDraft(undefined)} />
      ) : (
        <Queried query={canned}>
          {(data) => (
            <>
              <Button icon={<PlusOutlined />} onClick={fresh}>
                {t("canned.add")}
              </Button>
              <ul className={styles.book}>
                {data.canned.map((c) => (
                  <Kept
                    key={c.id}
                    canned={c}
                    mayChange={c.owner ? c.owner === me.id || leads : leads}
                    edit={setDraft}
                    discard={discard.mutate}
                  />
                ))}
              </ul>
            </>
          )}
        </Queried>
      )}
    </Modal>
  );
}

interface KeptProps {
  canned: Canned;
  mayChange: boolean;
  edit: (draft: Draft) => void;
  discard: (id: string) => void;
}

function Kept({ canned, mayChange, edit, discard }: KeptProps) {
  const { t } = useTranslation("workbench");
  const { id, title, text, group, lang, owner } = canned;
  return (
    <li>
      <Flex gap={8} align="center" wrap>
        <strong>{title}</strong>
        <Tag>{t(owner ? "canned.own" : "canned.team")}</Tag>
        {group && <Tag>{group}</Tag>}
        {mayChange && (
          <>
            <Button
              type="text"
              size="small"
              icon={<EditOutlined />}
              aria-label={`${t("canned.edit")}: ${title}`}
              onClick={() => edit({ id, title, text, group, lang, team: !owner })}
            />
            <Popconfirm title={t("canned.sure")} onConfirm={() => discard(id)}>
              <Button
                type="text"
                size="small"
                danger
                icon={<DeleteOutlined />}
                aria-label={`${t("shell:delete")}: ${title}`}
              />
            </Popconfirm>
          </>
        )}
      </Flex>
      <p>{text}</p>
    </li>
  );
}

function Editor({ draft, done }: { draft: Draft; done: () => void }) {
  const { t } = useTranslation("workbench");
  const leads = useMay("settings", "write");
  const [{ id, ...body }, setNow] = useState(draft);
  const change = (by: Partial<Draft>) => setNow((now) => ({ ...now, ...by }));
  const save = useMutation({
    mutationFn: async () => {
      if (id) await api.PUT("/api/v1/canned/{id}", { params: { path: { id } }, body });
      else await api.POST("/api/v1/canned", { body });
    },
    onSuccess: async () => {
      await refreshCanned();
      done();
    },
  });
  return (
    <Flex vertical gap={12}>
      <label>
        {t("canned.title")}
        <Input value={body.title} maxLength={60} onChange={(e) => change({ title: e.target.value })} />
      </label>
      <label>
        {t("canned.group")}
        <Input value={body.group} maxLength={30} onChange={(e) => change({ group: e.target.value })} />
      </label>
      <label>
        {t("canned.text")}
        <Input.TextArea
          value={body.text}
          rows={4}
          maxLength={2000}
          onChange={(e) => change({ text: e.target.value })}
        />
      </label>
      <Radio.Group
        value={body.lang}
        onChange={(e) => change({ lang: e.target.value })}
        options={[
          { value: "zh", label: "中文" },
          { value: "en", label: "English" },
        ]}
      />
      {leads && (
        <Checkbox checked={body.team} onChange={(e) => change({ team: e.target.checked })}>
          {t("canned.for_team")}
        </Checkbox>
      )}
      <Flex gap={8} justify="end">
        <Button onClick={done}>{t("shell:cancel")}</Button>
        <Button
          type="primary"
          loading={save.isPending}
          disabled={!body.title.trim() || !body.text.trim()}
          onClick={() => save.mutate()}
        >
          {t("shell:save")}
        </Button>
      </Flex>
    </Flex>
  );
}
