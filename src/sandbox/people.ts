/**
 * The sandbox's people and certificates: plainly fictitious. The region 999999 of their document numbers does not
 * exist, and their names say that they are samples. All dates are relative to the day on which the sandbox was made.
 */
import { createHash } from 'node:crypto';
import type { InferInput } from 'valibot';
import type { certificate } from '../contract/schemas.ts';
import { addDays, type PlainDay, shanghaiTime } from '../domain/calendar.ts';
import { checkDigit } from '../domain/id-number.ts';
import { ANNOTATION_REQUIRED_AFTER } from '../domain/published-rules.ts';
import type { CertificatePage } from './pdf/content.ts';
import type { Account, StoredAnnotation } from './state.ts';

const SANDBOX_PASSWORD = 'Sandbox2026';
export const NOTICE_VERSION = '2026-01';

/** Protects nobody: the sandbox has no real people. It only keeps a typed password out of a state file. */
export const passwordHash = (username: string, password: string): string =>
  createHash('sha256').update(`${username}\0${password}`).digest('hex');

const idNumber = (index: number): string => {
  const digits = `99999919900101${String(index).padStart(3, '0')}`;
  return digits + checkDigit(digits);
};

const PEOPLE = [
  ['demo_nurse', '样张甲'],
  ['demo_mixed', '样张乙'],
  ['demo_full', '样张丙'],
  ['demo_empty', '样张丁'],
  ['demo_new', '样张戊'],
  ['demo_many', '样张己'],
  ['demo_rare', '样𬭎䶮'],
] as const;

export const seedAccounts = (): Record<string, Account> =>
  Object.fromEntries(
    PEOPLE.map(([username, name], index): [string, Account] => [
      username,
      {
        username,
        passwordHash: passwordHash(username, SANDBOX_PASSWORD),
        name,
        idType: 'resident-id',
        idNumber: idNumber(index + 1),
        acceptedNotice: username === 'demo_new' ? null : NOTICE_VERSION,
        wrongPasswords: 0,
        lockedUntil: null,
      },
    ]),
  );

/** As a portal gives it: what is absent may be null too. */
export type CertificateAnswer = InferInput<typeof certificate>;

/** What a portal may leave out, or name by a new word, and the PDF of the sandbox has in print. */
type Printed = Pick<CertificatePage, 'kind' | 'certificateNumber'>;

/** A certificate as the sandbox keeps it: the holder's data, the annotation and the slots are added when it is shown. */
export interface StoredCertificate
  extends Omit<CertificateAnswer, 'holderName' | 'idNumberMasked' | 'annotation' | 'quota' | keyof Printed>,
    Printed {
  readonly owner: string;
  /** The name that stands on it, where that is not the account's. */
  readonly holderName?: string;
}

export const holderNameOf = ({ holderName }: StoredCertificate, { name }: Account): string => holderName ?? name;

type Seed = Pick<StoredCertificate, 'owner' | 'id' | 'qualification' | 'issuedOn'> & Partial<StoredCertificate>;

/** Whether a certificate must be annotated before it can be viewed or downloaded. */
export const requiresAnnotation = (issuedOn: PlainDay): boolean => issuedOn > ANNOTATION_REQUIRED_AFTER;

const numbered = (seed: Seed, index: number): StoredCertificate => {
  const number = String(index + 1).padStart(5, '0');
  return {
    kind: 'certificate',
    certificateNumber: `ZS${seed.issuedOn.slice(0, 4)}${number}`,
    managementNumber: `GL${seed.issuedOn.replaceAll('-', '')}${number}`,
    enquiryNumber: `CX${number}`,
    approvedOn: addDays(seed.issuedOn, -60),
    issuer: '样张发证中心（演示）',
    status: 'valid',
    annotationRequired: requiresAnnotation(seed.issuedOn),
    ...seed,
  };
};

const FEW: readonly Seed[] = [
  { owner: 'demo_nurse', id: 'c-nurse-2019', qualification: '初级护师', issuedOn: '2019-09-20', specialty: '护理学' },
  { owner: 'demo_nurse', id: 'c-nurse-2023', qualification: '护士执业资格', issuedOn: '2023-08-31' },
  { owner: 'demo_mixed', id: 'c-mixed-revoked', qualification: '经济师', issuedOn: '2022-03-18', status: 'revoked' },
  { owner: 'demo_mixed', id: 'c-mixed-generating', qualification: '安全工程师', issuedOn: '2022-06-30', level: '中级' },
  {
    owner: 'demo_mixed',
    id: 'c-mixed-ready',
    qualification: '一级建造师',
    issuedOn: '2023-01-15',
    specialty: '建筑工程',
  },
  { owner: 'demo_mixed', id: 'c-mixed-expired', qualification: '监理工程师', issuedOn: '2023-11-05' },
  { owner: 'demo_mixed', id: 'c-mixed-file', qualification: '统计师', issuedOn: '2015-05-12', kind: 'electronic-file' },
  { owner: 'demo_full', id: 'c-full', qualification: '一级造价工程师', issuedOn: '2024-02-28', specialty: '安装工程' },
  { owner: 'demo_new', id: 'c-new', qualification: '社会工作者', issuedOn: '2024-09-10', level: '中级' },
];

const MANY = 1_000;
const MANY_QUALIFICATIONS = ['一级建造师', '经济师', '安全工程师', '监理工程师', '造价工程师', '社会工作者'];

const many = Array.from({ length: MANY }, (_, index) => ({
  owner: 'demo_many',
  id: `c-many-${String(index + 1).padStart(4, '0')}`,
  qualification: MANY_QUALIFICATIONS[index % MANY_QUALIFICATIONS.length] ?? '',
  issuedOn: addDays('2022-01-01', index),
}));

/** After all others, so that those keep their numbers. Before 2021 each can be downloaded as it is. */
const RARE: readonly Seed[] = [
  {
    owner: 'demo_rare',
    id: 'c-rare-2018',
    qualification: '执业药师',
    issuedOn: '2018-12-03',
    specialty: null,
    level: null,
    managementNumber: null,
  },
  {
    owner: 'demo_rare',
    id: 'c-rare-2020',
    qualification: '注册测绘师',
    issuedOn: '2020-11-27',
    holderName: '样·买买提',
    approvedOn: null,
  },
  { owner: 'demo_rare', id: 'c-rare-2024', qualification: '一级注册消防工程师', issuedOn: '2024-05-20' },
];

export const CERTIFICATES: ReadonlyMap<string, StoredCertificate> = new Map(
  [...FEW, ...many, ...RARE].map(numbered).map((certificate) => [certificate.id, certificate]),
);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The annotations that are there from the start; the one that is generating stays so for 24 hours. */
export function seedAnnotations(createdAt: Date): StoredAnnotation[] {
  const at = (daysAgo: number) => shanghaiTime(new Date(createdAt.getTime() - daysAgo * DAY_MS));
  const made = (id: string, certificateId: string, daysAgo: number, validDays: number): StoredAnnotation => ({
    id,
    certificateId,
    scenario: 'self',
    validDays,
    requestedAt: at(daysAgo),
    generateAfterMs: HOUR_MS,
    clientReference: `seed-${id}`,
    idempotencyKey: `seed-${id}`,
    failure: null,
  });
  return [
    { ...made('a-mixed-generating', 'c-mixed-generating', 0, 90), generateAfterMs: DAY_MS },
    made('a-mixed-ready', 'c-mixed-ready', 10, 90),
    made('a-mixed-expired', 'c-mixed-expired', 100, 30),
    made('a-full-1', 'c-full', 60, 30),
    made('a-full-2', 'c-full', 30, 30),
    made('a-full-3', 'c-full', 5, 90),
  ];
}
