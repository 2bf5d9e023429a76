// Because of what something happened, by name.
import { useTranslation } from "react-i18next";

interface Caused {
  rule?: string;
  rule_name?: string;
  campaign?: string;
  campaign_name?: string;
  variant?: string;
}

/** The rule, the campaign and the text of something; a rule that was deleted has no name any more. */
export function useReasons(c: Caused): string {
  const { t } = useTranslation("marketing");
  return [
    c.rule && (c.rule_name ? t("rule_named", { name: c.rule_name }) : t("rule_gone")),
    c.campaign_name && t("campaign_named", { name: c.campaign_name }),
    c.variant && t("text_named", { variant: c.variant.toUpperCase() }),
  ]
    .filter(Boolean)
    .join(" · ");
}
