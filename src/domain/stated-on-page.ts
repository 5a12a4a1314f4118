/**
 * What the text of a certificate's page says. How real pages are laid out is not published, so this is for telling
 * certificates apart and for proposing, never for a verdict: what is not found is undefined, and nothing is guessed.
 */

import { isDay, type PlainDay } from './calendar.ts';
import { ANNOTATION_REQUIRED_AFTER } from './published-rules.ts';
import type { NumberKind } from './selection.ts';
import { typedLine } from './typed-text.ts';

export interface StatedOnPage {
  readonly qualification?: string | undefined;
  readonly holderName?: string | undefined;
  readonly managementNumber?: string | undefined;
  readonly enquiryNumber?: string | undefined;
  readonly certificateNumber?: string | undefined;
  readonly issuedOn?: PlainDay | undefined;
  /** The last day of its annotation. */
  readonly validUntil?: PlainDay | undefined;
  /** Whether it can be had without an annotation: it was issued early enough, and speaks of none. */
  readonly needsNoAnnotation: boolean;
}

/** Labels, each with what may stand beside it in English. */
const LABELS = {
  holderName: /(?:持证人)?姓名(?:FullName|Name)?/,
  managementNumber: /管理(?:号码?|编号)(?:(?:Management|Administration|File)N(?:o|umber)\.?)?/,
  enquiryNumber: /查[询验](?:号码?|编号)(?:(?:Enquiry|Query)N(?:o|umber)\.?)?/,
  certificateNumber: /证书(?:号码?|编号)(?:CertificateN(?:o|umber)\.?)?/,
  issuedOn: /(?:制发|签发|发证|颁发)(?:日期|时间)(?:Issue(?:d|On|dOn|Date)*)?/,
  qualification: /资格名称(?:Qualification)?/,
} as const satisfies Partial<Record<keyof StatedOnPage, RegExp>>;
/** What ends a value that stands before it in the same row. */
const OTHER_LABELS = /性别|出生|证件(?:号码|类型)|身份证|专业(?:类别)?|级别|批准日期|有效期|发证机[关构]|使用场景|加注/;

const NUMBER = /^[A-Za-z0-9()-]{4,40}/;
const NAME = /^[\p{L}\p{M}·]{2,40}/u;
const DAY = /(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?/;

/** Of the rows that {@link import('../ports/page-text.ts').PageText} gives. */
export function statedOnPage(text: string): StatedOnPage {
  const rows = text.split('\n').map(row);
  const number = (kind: NumberKind) => NUMBER.exec(behindLabel(rows, kind) ?? '')?.[0];
  const issuedOn = dayIn(behindLabel(rows, 'issuedOn') ?? '');
  const isAnnotated = rows.some((each) => each.includes('加注'));
  return {
    qualification: NAMED.exec(behindLabel(rows, 'qualification') ?? '')?.[0] ?? titleOf(rows),
    holderName: NAME.exec(behindLabel(rows, 'holderName') ?? '')?.[0],
    managementNumber: number('managementNumber'),
    enquiryNumber: number('enquiryNumber'),
    certificateNumber: number('certificateNumber'),
    issuedOn,
    validUntil: endOf(rows.join('')),
    needsNoAnnotation: issuedOn !== undefined && issuedOn <= ANNOTATION_REQUIRED_AFTER && !isAnnotated,
  };
}

/** Text of a page has blanks wherever its program put the next piece, inside of words too. */
const row = (line: string): string => typedLine(line).replace(/\s/gu, '');

/** What stands behind a label in its row, up to the next one. */
function behindLabel(rows: readonly string[], field: keyof typeof LABELS): string | undefined {
  const others = [
    ...Object.entries(LABELS).flatMap(([name, label]) => (name === field ? [] : label.source)),
    OTHER_LABELS.source,
  ];
  const end = new RegExp(others.join('|'));
  for (const each of rows) {
    const label = LABELS[field].exec(each);
    if (label === null) continue;
    const rest = each.slice(label.index + label[0].length).replace(/^[:：]/, '');
    const value = rest.slice(0, end.exec(rest)?.index);
    if (value !== '') return value;
  }
  return undefined;
}

const NAMED = /^[\p{Script=Han}()·、]{2,40}/u;
const TITLE =
  /^(?:中华人民共和国|专业技术人员)*(?:职业)?资格(?:电子)?证书$|^(?:专业技术人员)?(?:职业资格)?证书电子文件$|^电子证书$/u;
const TITLE_WITH_NAME = /^(?:中华人民共和国|专业技术人员)*([\p{Script=Han}()]{2,30}?)(?:职业)?资格(?:电子)?证书$/u;

/** `执业药师职业资格证书`, or the row in Chinese that follows a title which names no qualification. */
function titleOf(rows: readonly string[]): string | undefined {
  for (const [index, each] of rows.entries()) {
    if (TITLE.test(each))
      return rows.slice(index + 1, index + 4).find((next) => /^[\p{Script=Han}()·]{2,40}$/u.test(next));
    const named = TITLE_WITH_NAME.exec(each)?.[1];
    if (named !== undefined) return named;
  }
  return undefined;
}

const END = new RegExp(`有效期限?[^\\d有]{0,12}(?:${DAY.source}[至到~—-]+)?${DAY.source}`, 'g');
const MOST_ENDS = 10;

/** Where a page names several ends, that of the annotation; where that does not tell them apart, none. */
function endOf(text: string): PlainDay | undefined {
  const found: { day: PlainDay; isAnnotations: boolean }[] = [];
  for (const { index, 0: phrase } of text.matchAll(END)) {
    const day = dayIn(phrase.split(/[至到~—]/).at(-1) ?? '');
    if (day !== undefined)
      found.push({ day, isAnnotations: text.slice(Math.max(0, index - 4), index).includes('加注') });
    if (found.length === MOST_ENDS) break;
  }
  const annotations = found.filter(({ isAnnotations }) => isAnnotations);
  const days = new Set((annotations.length > 0 ? annotations : found).map(({ day }) => day));
  return days.size === 1 ? [...days][0] : undefined;
}

function dayIn(text: string): PlainDay | undefined {
  const [, year = '', month = '', date = ''] = DAY.exec(text) ?? [];
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDay(day) ? day : undefined;
}

/** What the page of a certificate says against what a list says of it. */
export interface Comparison {
  readonly agrees: readonly (NumberKind | 'qualification')[];
  readonly contradicts: readonly (NumberKind | 'qualification')[];
}

type Listed = { readonly [K in NumberKind]?: string | undefined } & { readonly qualification: string };

/** Shorter numbers may stand on any page. */
const LEAST_CHARACTERS = 6;
const FIELDS = ['managementNumber', 'enquiryNumber', 'certificateNumber', 'qualification'] as const;

/** A field contradicts where the page labels another value so, and has the listed one nowhere. */
export function compareWithList(text: string, listed: Listed): Comparison {
  const page = row(text).toUpperCase();
  const stated = statedOnPage(text);
  const agrees: (typeof FIELDS)[number][] = [];
  const contradicts: (typeof FIELDS)[number][] = [];
  for (const field of FIELDS) {
    const expected = row(listed[field] ?? '').toUpperCase();
    if (expected === '') continue;
    const isThere = page.includes(expected);
    if (isThere && (field === 'qualification' || expected.length >= LEAST_CHARACTERS)) agrees.push(field);
    if (!isThere && stated[field] !== undefined) contradicts.push(field);
  }
  return { agrees, contradicts };
}
