// A card for each channel: its state, its traffic, its webhook and its settings.
import { ApiOutlined, CheckCircleOutlined, MinusCircleOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Card, Collapse, Descriptions, Flex, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { ago, clock, count } from "../../shell/format";
import { useMay } from "../../shell/session";
import { Queried } from "../../shell/states";
import { type Channel, useChannels } from "./queries";
import { SetUp } from "./SetUp";

export function Channels() {
  const channels = useChannels();
  return (
    <Queried query={channels}>
      {(data) => (
        <div
          style={{
            display: "grid",
            gap: 16,
            alignItems: "start",
            gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 360px), 1fr))",
          }}
        >
          {data.channels.map((c) => (
            <ChannelCard key={c.name} channel={c} />
          ))}
        </div>
      )}
    </Queried>
  );
}

function ChannelCard({ channel: c }: { channel: Channel }) {
  const { t } = useTranslation("channels");
  const hook = c.hook && location.origin + c.hook;
  const h = c.health;
  const fares = h
    ? [
        {
          key: "pushed",
          label: t("pushed"),
          children: h.hook ? t("pushes", { at: ago(h.hook), n: count(h.hooks) }) : t("never"),
        },
        { key: "forged", label: t("forged"), children: <Bad count={h.forged} /> },
        { key: "held", label: t("held"), children: <Bad count={h.held} /> },
        {
          key: "erred",
          label: t("erred"),
          children: h.erred ? (
            <>
              {h.error} <Typography.Text type="secondary">{ago(h.erred)}</Typography.Text>
            </>
          ) : (
            t("never")
          ),
        },
      ]
    : [];
  return (
    <Card
      title={t(`name.${c.name}`, { defaultValue: c.name })}
      extra={<Tag color={c.on ? "green" : undefined}>{t(c.on ? "on" : "off")}</Tag>}
    >
      {h && h.missing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("missing", { names: h.missing.join(" ") })}
          style={{ marginBottom: 12 }}
        />
      )}
      <Descriptions
        size="small"
        column={1}
        style={{ marginBottom: 12 }}
        items={[
          { key: "open", label: t("open"), children: c.open },
          { key: "last", label: t("last"), children: c.last ? ago(c.last) : t("never") },
          ...(hook
            ? [
                { key: "wrote", label: t("wrote"), children: c.wrote ? ago(c.wrote) : t("never") },
                {
                  key: "delivered",
                  label: t("delivered"),
                  children: c.delivered ? ago(c.delivered) : t("never"),
                },
                { key: "sent", label: t("sent"), children: c.sent },
                {
                  key: "failed",
                  label: t("failed"),
                  children: <Bad count={c.failed} />,
                },
                ...fares,
                {
                  key: "hook",
                  label: t("hook"),
                  children: (
                    <Typography.Text copyable code style={{ wordBreak: "break-all" }}>
                      {hook}
                    </Typography.Text>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Failures failures={c.failures} />
      {c.checks && <Check name={c.name} />}
      <Typography.Title level={2} style={{ fontSize: 14 }}>
        {t("settings")}
      </Typography.Title>
      <Typography.Paragraph type="secondary">{t("settings_rule")}</Typography.Paragraph>
      <ul style={{ listStyle: "none", margin: 0, padding: 0 }}>
        {c.settings.map((s) => (
          <li key={s.name} title={s.meaning} style={{ marginBottom: 4 }}>
            {s.set ? <CheckCircleOutlined aria-hidden /> : <MinusCircleOutlined aria-hidden />}{" "}
            <code style={{ wordBreak: "break-all" }}>{s.name}</code>{" "}
            <Typography.Text type="secondary">{t(s.set ? "set" : "unset")}</Typography.Text>
          </li>
        ))}
      </ul>
      <Collapse
        ghost
        size="small"
        style={{ marginTop: 8 }}
        items={[{ key: "how", label: t("set_up"), children: <SetUp channel={c.name} hook={hook} /> }]}
      />
    </Card>
  );
}

/** What the network did not take in the last hour, and why. */
function Failures({ failures }: { failures: Channel["failures"] }) {
  const { t } = useTranslation("channels");
  if (failures.length === 0) return null;
  return (
    <Alert
      type="error"
      showIcon
      style={{ marginBottom: 12 }}
      title={t("failed_lately", { count: failures.length })}
      description={
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {failures.slice(0, 5).map((f, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: failures have no name of their own
            <li key={i}>
              {clock(f.at)} {f.because}
            </li>
          ))}
        </ul>
      }
    />
  );
}

/** Asks the network whether it lets us in. */
function Check({ name }: { name: string }) {
  const { t } = useTranslation("channels");
  const mayCheck = useMay("channels", "write");
  const check = useMutation({
    mutationFn: () => take(api.POST("/api/v1/channels/{name}/check", { params: { path: { name } } })),
  });
  const answer = check.data;
  if (!mayCheck) return null;
  return (
    <Flex vertical gap="small" align="flex-start" style={{ marginBottom: 12 }}>
      <Button icon={<ApiOutlined />} loading={check.isPending} onClick={() => check.mutate()}>
        {t("check")}
      </Button>
      {answer && (
        <Alert
          role="status"
          showIcon
          type={answer.ok ? "success" : "error"}
          title={answer.ok ? t("check_ok", { took: answer.took }) : answer.because}
        />
      )}
    </Flex>
  );
}

/** A count that should be none. */
function Bad({ count: n }: { count: number }) {
  return n ? <Typography.Text type="danger">{count(n)}</Typography.Text> : 0;
}
