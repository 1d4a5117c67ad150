import { isBlank, refuse, type Refused } from '@anju/kernel';
import type { CommunicationsPolicy } from './policy';
import type { CommunicationsRefusal } from './refusals';

/** Values by field. */
export type FieldValues = Readonly<Record<string, string>>;

type Part = { readonly text: string } | { readonly field: string };

const PART = /\{([^{}]*)\}|[{}]/g;

/** The parts of a template: plain text, and `{field}`. A brace that opens or closes nothing is refused. */
function partsOf(
  template: string,
): readonly Part[] | Refused<CommunicationsRefusal<'TEMPLATE_NOT_READABLE'>> {
  const parts: Part[] = [];
  let end = 0;
  for (const match of template.matchAll(PART)) {
    const field = match[1];
    if (field === undefined) return refuse('TEMPLATE_NOT_READABLE', { position: match.index + 1 });
    parts.push({ text: template.slice(end, match.index) }, { field });
    end = match.index + match[0].length;
  }
  return [...parts, { text: template.slice(end) }];
}

/** The fields of a template, each once, in the order in which they come. */
export function fieldsOf(
  template: string,
): readonly string[] | Refused<CommunicationsRefusal<'TEMPLATE_NOT_READABLE'>> {
  const parts = partsOf(template);
  if ('outcome' in parts) return parts;
  return [...new Set(parts.flatMap((part) => ('field' in part ? [part.field] : [])))];
}

/** Why texts cannot be a template, or null: braces that do not match, or a field that nobody knows (COM-05). */
export function templateProblem(
  texts: readonly string[],
  policy: CommunicationsPolicy,
): Refused<CommunicationsRefusal<'TEMPLATE_NOT_READABLE' | 'TEMPLATE_FIELD_UNKNOWN'>> | null {
  const known = Object.keys(policy.templateFields);
  const unknown: string[] = [];
  for (const text of texts) {
    const fields = fieldsOf(text);
    if ('outcome' in fields) return fields;
    unknown.push(...fields.filter((field) => !known.includes(field) && !unknown.includes(field)));
  }
  return unknown.length > 0 ? refuse('TEMPLATE_FIELD_UNKNOWN', { fields: unknown, known }) : null;
}

/** The fields that are filled once for the whole message. */
export function messageFields(fields: readonly string[], policy: CommunicationsPolicy): readonly string[] {
  return fields.filter((field) => policy.templateFields[field] === 'OF_MESSAGE');
}

/** Why values do not fit the fields, or null: one is missing, too many, or too long (COM-05). */
export function valuesProblem(
  fields: readonly string[],
  values: FieldValues,
  policy: CommunicationsPolicy,
): Refused<
  CommunicationsRefusal<'MESSAGE_VALUE_MISSING' | 'MESSAGE_VALUE_UNKNOWN' | 'MESSAGE_VALUE_TOO_LONG'>
> | null {
  const given = Object.keys(values);
  const unknown = given.filter((field) => !fields.includes(field));
  if (unknown.length > 0) return refuse('MESSAGE_VALUE_UNKNOWN', { fields: unknown, known: fields });
  const missing = fields.filter((field) => !Object.hasOwn(values, field) || isBlank(values[field]));
  if (missing.length > 0) return refuse('MESSAGE_VALUE_MISSING', { fields: missing });
  const { longestValue: longest } = policy;
  const tooLong = given.filter((field) => values[field]!.length > longest);
  return tooLong.length > 0 ? refuse('MESSAGE_VALUE_TOO_LONG', { fields: tooLong, longest }) : null;
}

/**
 * A template filled in. Values are put in as they are: a brace in a value is no field.
 * @returns the text, or the refusal of fields without a value
 */
export function fillIn(
  template: string,
  values: FieldValues,
): string | Refused<CommunicationsRefusal<'TEMPLATE_NOT_READABLE' | 'MESSAGE_VALUE_MISSING'>> {
  const parts = partsOf(template);
  if ('outcome' in parts) return parts;
  const missing = parts.flatMap((part) =>
    'field' in part && (!Object.hasOwn(values, part.field) || isBlank(values[part.field]))
      ? [part.field]
      : [],
  );
  if (missing.length > 0) return refuse('MESSAGE_VALUE_MISSING', { fields: [...new Set(missing)] });
  return parts.map((part) => ('field' in part ? values[part.field]! : part.text)).join('');
}

/** What is sent: under the company's name and no other (COM-05), as the carriers' rules write it. */
export function underCompanyName(companyName: string, text: string): string {
  return `【${companyName}】${text}`;
}
