import { appraisal } from './appraisal';
import { common } from './common';
import { communications } from './communications';
import { complaintPapers } from './complaint-papers';
import { complaintReport } from './complaint-report';
import { complaints } from './complaints';
import type { Labels, Text } from './define-labels';
import { directory } from './directory';
import { files } from './files';
import { insights } from './insights';
import { defaultLocale, type Locale } from './locale';
import { reception } from './reception';
import { requests } from './requests';
import { sales } from './sales';
import { parseTemplate, renderTemplate, type Template } from './template';

/** Instants are shown in it where no project says otherwise. */
export const defaultTimeZone = 'Asia/Shanghai';

/**
 * The texts of several contexts as one.
 * @throws Error if two contexts name the same kind or code
 */
export function composeLabels(contexts: readonly Labels[]): Labels {
  const values: Record<string, Readonly<Record<string, Text>>> = {};
  const messages: Record<string, Text> = {};
  for (const context of contexts) {
    for (const [kind, texts] of Object.entries(context.values)) {
      if (Object.hasOwn(values, kind)) throw new Error(`two contexts have labels of ${kind}`);
      values[kind] = texts;
    }
    for (const [code, text] of Object.entries(context.messages)) {
      if (Object.hasOwn(messages, code)) throw new Error(`two contexts have a message for ${code}`);
      messages[code] = text;
    }
  }
  return { values, messages };
}

/** All texts, of which the graph's messages, the printed forms and the lists of the documentation are made. */
export const catalogue: Labels = composeLabels([
  common,
  directory,
  files,
  reception,
  requests,
  complaints,
  complaintReport,
  complaintPapers,
  appraisal,
  communications,
  insights,
  sales,
]);

function inLocale([zhCN, en]: Text, locale: Locale): string {
  return locale === 'zh-CN' ? zhCN : en;
}

/**
 * The text of a value, such as `label('ComplaintStatus', 'CLOSED', 'zh-CN')` → `已关闭`.
 * @returns the value itself where the catalogue has none; a test sees to it that this does not happen
 */
export function label(kind: string, key: string, locale: Locale = defaultLocale): string {
  const texts = Object.hasOwn(catalogue.values, kind) ? catalogue.values[kind]! : {};
  return Object.hasOwn(texts, key) ? inLocale(texts[key]!, locale) : key;
}

const parsed = new Map<string, Template>();

function templateOf(source: string): Template {
  let template = parsed.get(source);
  if (!template) {
    template = parseTemplate(source);
    parsed.set(source, template);
  }
  return template;
}

/**
 * The sentence for a refusal or fault.
 * @param code such as `OUT_OF_ORDER_SIGNATURE`
 * @param data the refusal's data; instants may be `Date` or ISO 8601 text
 * @param timeZone IANA name of the zone in which instants are shown
 * @returns the code itself where the catalogue has none; a test sees to it that this does not happen
 */
export function message(
  code: string,
  data: { readonly [key: string]: unknown },
  locale: Locale = defaultLocale,
  timeZone: string = defaultTimeZone,
): string {
  if (!Object.hasOwn(catalogue.messages, code)) return code;
  const template = templateOf(inLocale(catalogue.messages[code]!, locale));
  return renderTemplate(template, data, { locale, timeZone, label });
}
