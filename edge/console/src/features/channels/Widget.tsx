// The code that puts the widget on a page, with what it will look like.
import { MessageOutlined } from "@ant-design/icons";
import { Card, ColorPicker, Flex, Form, Input, Radio, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

export function Widget() {
  const { t } = useTranslation("channels");
  const [color, setColor] = useState("#1b6b4c");
  const [position, setPosition] = useState<"left" | "right">("right");
  const [title, setTitle] = useState("");
  const options = [
    `data-colour="${color}"`,
    `data-position="${position}"`,
    ...(title.trim() ? [`data-title="${escaped(title.trim())}"`] : []),
  ];
  const snippet = `<script src="${location.origin}/widget.js" ${options.join(" ")} async></script>`;
  return (
    <Flex wrap gap="large">
      <Form layout="vertical" style={{ flex: "1 1 320px", maxWidth: 560 }}>
        <Form.Item label={t("color")} htmlFor="widget-color">
          <ColorPicker value={color} disabledAlpha showText onChange={(c) => setColor(c.toHexString())}>
            <button
              type="button"
              id="widget-color"
              style={{ background: color, width: 64, height: 32, border: 0, borderRadius: 6 }}
              aria-label={`${t("color")} ${color}`}
            />
          </ColorPicker>
        </Form.Item>
        <Form.Item label={t("position")}>
          <Radio.Group
            value={position}
            onChange={(e) => setPosition(e.target.value)}
            options={[
              { value: "left", label: t("left") },
              { value: "right", label: t("right") },
            ]}
          />
        </Form.Item>
        <Form.Item label={t("heading")} htmlFor="widget-title">
          <Input id="widget-title" value={title} maxLength={40} onChange={(e) => setTitle(e.target.value)} />
        </Form.Item>
        <Typography.Title level={2} style={{ fontSize: 14 }}>
          {t("snippet")}
        </Typography.Title>
        <Typography.Paragraph type="secondary">{t("snippet_rule")}</Typography.Paragraph>
        <Typography.Paragraph code copyable style={{ wordBreak: "break-all" }}>
          {snippet}
        </Typography.Paragraph>
      </Form>
      <Card title={t("preview")} style={{ flex: "1 1 280px", maxWidth: 420 }}>
        <div
          aria-hidden
          style={{
            height: 260,
            display: "flex",
            alignItems: "flex-end",
            justifyContent: position === "left" ? "flex-start" : "flex-end",
            gap: 8,
          }}
        >
          <Flex vertical gap={8} align={position === "left" ? "flex-start" : "flex-end"}>
            <div
              style={{
                width: 200,
                height: 150,
                border: "1px solid var(--ant-color-border)",
                borderRadius: 10,
                overflow: "hidden",
              }}
            >
              <div style={{ background: color, color: "#fff", padding: 8 }}>
                {title.trim() || t("name.web")}
              </div>
            </div>
            <span
              style={{
                background: color,
                color: "#fff",
                width: 44,
                height: 44,
                borderRadius: 22,
                display: "grid",
                placeItems: "center",
              }}
            >
              <MessageOutlined />
            </span>
          </Flex>
        </div>
      </Card>
    </Flex>
  );
}
