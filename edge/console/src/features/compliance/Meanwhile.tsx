// Somebody published while this draft was written: what they changed, and how to go on.
import { Alert, Button, Collapse, Flex, Popconfirm, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { moment } from "../../shell/format";
import { Failed, Loading } from "../../shell/states";
import { Difference } from "./Difference";
import type { Desk } from "./desk";
import { type Known, useVersion } from "./queries";
import { authorOf } from "./Versions";

export function Meanwhile({ known, desk }: { known: Known; desk: Desk }) {
  const { t } = useTranslation("compliance");
  const base = useVersion(desk.base);
  const inForce = known.sets[0];
  if (!inForce) return null;
  const theirs = Object.keys(inForce.files).filter(
    (name) => base.data && base.data[name] !== inForce.files[name],
  );
  const both = theirs.filter((name) => desk.files[name] !== undefined);
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 12 }}
      title={t("old", { author: authorOf(known, inForce), at: inForce.at ? moment(inForce.at) : "" })}
      description={
        <Flex vertical gap="small">
          {base.error && <Failed error={base.error} />}
          {both.length > 0 && (
            <Typography.Text strong>{t("old_both", { names: both.join(", ") })}</Typography.Text>
          )}
          <Collapse
            size="small"
            items={[
              {
                key: "changes",
                label: t("old_changes", { n: theirs.length }),
                children: base.data ? <Difference before={base.data} after={inForce.files} /> : <Loading />,
              },
            ]}
          />
          <Flex wrap gap="small">
            <Popconfirm
              disabled={both.length === 0}
              title={t("carry_sure", { names: both.join(", ") })}
              okText={t("carry")}
              cancelText={t("cancel")}
              onConfirm={desk.carryOver}
            >
              <Button type="primary" onClick={() => both.length === 0 && desk.carryOver()}>
                {t("carry")}
              </Button>
            </Popconfirm>
          </Flex>
        </Flex>
      }
    />
  );
}
