// Two languages, Chinese first. Every feature brings its own texts, as a namespace of its name.
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import relativeTime from "dayjs/plugin/relativeTime";
import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import { remember, remembered } from "./memory";
import en from "./texts/en";
import zh from "./texts/zh";

export type Lang = "zh" | "en";

/** Texts of a feature, as deep as it likes. */
export type Texts = { [key: string]: string | Texts };

dayjs.extend(relativeTime);

function preferred(): Lang {
  const chosen = remembered("lang");
  if (chosen === "zh" || chosen === "en") return chosen;
  return navigator.language.startsWith("en") ? "en" : "zh";
}

function apply(lang: Lang) {
  dayjs.locale(lang === "zh" ? "zh-cn" : "en");
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
}

const lang = preferred();
apply(lang);
i18n.use(initReactI18next).init({
  lng: lang,
  fallbackLng: "zh",
  ns: ["shell"],
  defaultNS: "shell",
  resources: { zh: { shell: zh }, en: { shell: en } },
  interpolation: { escapeValue: false }, // React escapes
  returnNull: false,
  initAsync: false,
});

/** Changes the language of everything on the page. */
export function speak(next: Lang) {
  remember("lang", next);
  apply(next);
  void i18n.changeLanguage(next);
}

/** The language of the page. */
export function currentLang(): Lang {
  return i18n.language === "en" ? "en" : "zh";
}

/** Adds the texts of a feature, under its name. */
export function addTexts(name: string, texts: Record<Lang, Texts>) {
  for (const l of ["zh", "en"] as const) i18n.addResourceBundle(l, name, texts[l]);
}

export default i18n;
