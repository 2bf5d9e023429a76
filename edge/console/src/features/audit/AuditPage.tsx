// The trail of everything that was done: filtered, opened, checked and taken home.
import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Descriptions, Drawer, Flex, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { api, take } from "../../api/client";
import type { Answer } from "../../api/types";
import { download } from "../../charts";
import { moment } from "../../shell/format";
import { Page } from "../../shell/Page";
import { Queried } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";
import { csvOf } from "./csv";

export type Entry = Answer<"/api/v1/audit">["entries"][number];

export function AuditPage() {
  const { t } = useTranslation("audit");
  const [params, setParams] = useSearchParams();
  const [opened, setOpened] = useState<Entry>();
  const query = {
    actor: params.get("actor") ?? "",
    action: params.get("action") ?? "",
    limit: params.get("limit") ?? "50",
  };
  const trail = useQuery({
    queryKey: ["audit", query],
    queryFn: () => take(api.GET("/api/v1/audit", { params: { query } })),
  });
  const check = useMutation({ mutationFn: () => take(api.GET("/api/v1/audit/verify")) });
  const set = (key: string, value: string) => setParams({ ...query, [key]: value }, { replace: true });
  const named = (action: string) => t(`actions.${action}`, { defaultValue: action });
  return (
    <Page
      title={t("title")}
      intro={t("intro")}
      extra={
        <>
          <Button loading={check.isPending} onClick={() => check.mutate()}>
            {t("verify")}
          </Button>
          <Button
            disabled={!trail.data?.entries.length}
            onClick={() =>
              download(`audit-${moment(Date.now()).slice(0, 10)}.csv`, csvOf(trail.data?.entries ?? []))
            }
          >
            {t("download")}
          </Button>
        </>
      }
    >
      <Flex vertical gap="middle">
        {check.data && (
          <Alert
            showIcon
            type={check.data.whole ? "success" : "error"}
            title={
              check.data.whole
                ? t("whole", { n: check.data.entries })
                : t("broken", { where: check.data.broken })
            }
          />
        )}
        <Flex wrap gap="small">
          <Input.Search
            allowClear
            aria-label={t("actor")}
            placeholder={t("actor")}
            defaultValue={query.actor}
            onSearch={(value) => set("actor", value)}
            style={{ width: 220 }}
          />
          <Select
            allowClear
            showSearch
            aria-label={t("action")}
            placeholder={t("action")}
            value={query.action || undefined}
            onChange={(value?: string) => set("action", value ?? "")}
            options={Object.keys(t("actions", { returnObjects: true })).map((value) => ({
              value,
              label: named(value),
            }))}
            style={{ width: 220 }}
          />
          <Select
            aria-label={t("limit")}
            value={query.limit}
            onChange={(value) => set("limit", value)}
            options={["50", "100", "200"].map((n) => ({ value: n, label: t("latest", { n }) }))}
          />
        </Flex>
        <Queried query={trail}>
          {({ entries }) => (
            <WideTable<Entry>
              label={t("title")}
              least={720}
              empty={t("none")}
              size="small"
              rowKey="seq"
              pagination={false}
              dataSource={entries}
              columns={[
                { title: t("at"), dataIndex: "at", render: moment, width: 170 },
                { title: t("actor"), dataIndex: "actor", width: 130 },
                { title: t("action"), dataIndex: "action", render: named, width: 170 },
                { title: t("object"), dataIndex: "object", ellipsis: true, width: 180 },
                { title: t("reason"), dataIndex: "reason", ellipsis: true },
                {
                  title: t("details"),
                  width: 90,
                  render: (_, entry) => (
                    <Button
                      type="link"
                      size="small"
                      aria-label={t("open", { seq: entry.seq })}
                      onClick={() => setOpened(entry)}
                    >
                      #{entry.seq}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </Queried>
      </Flex>
      <Drawer
        open={opened !== undefined}
        onClose={() => setOpened(undefined)}
        title={opened && named(opened.action)}
      >
        {opened && (
          <Descriptions
            column={1}
            size="small"
            items={[
              { key: "at", label: t("at"), children: moment(opened.at) },
              { key: "actor", label: t("actor"), children: opened.actor },
              { key: "role", label: t("role"), children: opened.role || "–" },
              { key: "object", label: t("object"), children: opened.object || "–" },
              { key: "reason", label: t("reason"), children: opened.reason || "–" },
              { key: "revision", label: t("revision"), children: opened.revision || "–" },
              ...Object.entries(opened.details ?? {}).map(([key, value]) => ({
                key: `details.${key}`,
                label: key,
                children: value || "–",
              })),
            ]}
          />
        )}
      </Drawer>
    </Page>
  );
}
