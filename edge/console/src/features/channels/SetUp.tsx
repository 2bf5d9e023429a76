// How a channel is set up, step by step.
import { Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

// How many steps a channel takes.
const many: Record<string, number> = { web: 3, app: 3, douyin: 5 };

export function SetUp({ channel, hook }: { channel: string; hook: string }) {
  const { t } = useTranslation("channels");
  const steps = Array.from({ length: many[channel] ?? 0 }, (_, i) =>
    t(`steps.${channel}.${i + 1}`, { hook }),
  );
  return (
    <>
      <ol style={{ margin: 0, paddingInlineStart: 18, overflowWrap: "anywhere" }}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {channel === "web" && (
        <Typography.Paragraph style={{ margin: "8px 0 0" }}>
          <Link to="?tab=widget" style={{ textDecoration: "underline" }}>
            {t("to_widget")}
          </Link>
        </Typography.Paragraph>
      )}
    </>
  );
}
