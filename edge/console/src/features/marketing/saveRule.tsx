// Keeps a rule; one that finds too much is asked about a second time, with the count.
import { useMutation } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import { ApiError, api, take } from "../../api/client";
import { toast } from "../../shell/toast";
import { type RuleDraft, refreshRules } from "./queries";

function put(draft: RuleDraft, confirm: boolean) {
  const body = { ...draft, confirm };
  if (!draft.id) return take(api.POST("/api/v1/outreach/rules", { body }));
  return take(api.PUT("/api/v1/outreach/rules/{id}", { params: { path: { id: draft.id } }, body }));
}

const tooBroad = (err: Error | null) => err instanceof ApiError && err.code === "rule_too_broad";

/** Saving a rule; refusal is why it was not, where that is no question to be answered. */
export function useSaveRule(done?: () => void) {
  const { t } = useTranslation(["marketing", "shell"]);
  const { modal } = App.useApp();
  const saved = () => {
    toast.success(t("rule_saved"));
    done?.();
    return refreshRules();
  };
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (draft: RuleDraft) => put(draft, false),
    onSuccess: saved,
    onError: (err, draft) => {
      if (!tooBroad(err)) {
        if (!done) toast.error(err.message); // no form is there to say it
        return;
      }
      modal.confirm({
        title: t("broad"),
        content: err.message,
        okText: t("broad_yes"),
        okButtonProps: { danger: true },
        cancelText: t("shell:cancel"),
        onOk: () => put(draft, true).then(saved, (again: Error) => toast.error(again.message)),
      });
    },
  });
  return { ...save, refusal: save.error && !tooBroad(save.error) ? save.error.message : undefined };
}
