// The names of those who act and of what they do, in the reader's language.
import { useTranslation } from "react-i18next";

export interface Names {
  who: (actor: string) => string;
  action: (action: string) => string;
  object: (object: string) => string;
  detail: (key: string) => string;
}

/** Names for the staff by their IDs; the house and its helpers have names of their own. */
export function useNames(people: Record<string, string>): Names {
  const { t } = useTranslation("audit");
  return {
    who: (actor) => {
      if (people[actor]) return people[actor];
      if (actor.startsWith("key:")) return t("actors.key", { id: actor.slice(4) });
      return t(`actors.${actor.replaceAll(" ", "_")}`, { defaultValue: actor || t("actors.nobody") });
    },
    action: (action) => t(`actions.${action}`, { defaultValue: action }),
    object: (object) => {
      const [kind = "", ...rest] = object.split("/");
      const id = rest.join("/");
      const named = t(`objects.${kind}`, { defaultValue: "" });
      if (!named) return object || "–";
      return id ? `${named} · ${people[id] ?? id}` : named;
    },
    detail: (key) => t(`detail.${key}`, { defaultValue: key }),
  };
}
