/** What each field of the contract means, for the OpenAPI document: a field without its sentence does not compile. */
import type { InferInput } from 'valibot';
import type { problem } from '../../src/contract/problem.ts';
import type * as s from '../../src/contract/schemas.ts';

type Shapes = typeof s & { problem: typeof problem };
type FieldsOf<Shape> = Shape extends { entries: infer Entries } ? keyof Entries : never;

const CHALLENGE = 'The answer to the challenge of an earlier refusal';
const USERNAME = 'Case-sensitive';
const QUALIFICATION = 'Name of the qualification, in Chinese as on the certificate';
const SPECIALTY = 'Specialty within the qualification, where it has any';
const LEVEL = 'Level of the qualification, where it has any';
const CERTIFICATE_NUMBER = '证书编号, as printed, where it has any';
const ENQUIRY_NUMBER = '查询编号, as printed, where it has any';
const MANAGEMENT_NUMBER = '管理号, as printed';
const MANAGEMENT_NUMBER_IF_ANY = `${MANAGEMENT_NUMBER}, where it has any`;
const MASKED = 'The document number with its middle hidden';
const LIMIT = 'Annotations of one certificate that may fall into the window';
const WINDOW = 'Calendar days in Asia/Shanghai, the day of application included';
const NOTICE_VERSION = 'Version of the service notice';
const VALID_DAYS = 'Days after the day of application to whose end (24:00, Asia/Shanghai) the copy may be used';
const REFERENCE = 'The name that the client gave to the application, echoed with features.echoReference';
const QR_PAYLOAD = 'What to show as a QR code';

export const DESCRIPTIONS: {
  readonly [Name in keyof Shapes as FieldsOf<Shapes[Name]> extends never ? never : Name]: Readonly<
    Record<FieldsOf<Shapes[Name]> & keyof InferInput<Shapes[Name]>, string>
  >;
} = {
  meta: {
    name: 'Name of the portal, for people',
    apiVersion: 'Version of this contract that the portal speaks: MAJOR.MINOR',
    timeZone: 'Where its calendar days are counted',
    scenarios: 'Usage scenarios that can be applied for',
    maxValidDays: 'The longest validity that can be applied for, in days',
    quota: 'How many annotations of one certificate may fall into how many days',
    annotationRequiredAfter: 'Certificates issued after this day must be annotated; on this day or earlier, not',
    passwordPolicy: 'What a password must be',
    usernamePolicy: 'What a user name must be',
    idTypes: 'Identity documents that an account can be registered with',
    helplines: 'Telephone numbers of the helpline, as people dial them',
    noticeVersion: `${NOTICE_VERSION} in force`,
    features: 'What the portal can do: see the operations that name them',
  },
  notice: { version: NOTICE_VERSION, title: 'Its title', body: 'Its text: lines, no markup' },
  noticeAcceptance: { version: `${NOTICE_VERSION} that the holder read` },
  quota: {
    limit: LIMIT,
    windowDays: WINDOW,
    used: 'Annotations in the window that ends today; failed ones do not count, expired ones do',
    remaining: 'Slots left today',
    nextSlotOn: 'The first day with one more slot than today; null while none is used',
  },
  annotation: {
    id: 'Opaque',
    certificateId: 'The certificate that it annotates',
    scenario: 'Code of the usage scenario, as in meta.scenarios',
    validDays: VALID_DAYS,
    status:
      'generating (within 24 hours) → ready → expired, or → failed; only a ready one has a file. With any other word clients spend no slot beside it',
    requestedAt: 'When it was applied for',
    readyAt: 'Since when the copy can be downloaded; with ready and expired',
    validUntil: 'The last day on which the copy may be used; with ready and expired. It wins over any computation',
    clientReference: REFERENCE,
    failure: 'Why the generation failed, for people; with failed',
  },
  certificate: {
    id: 'Opaque',
    kind: 'The certificate itself, or the electronic file of an older paper certificate (证书电子文件)',
    qualification: QUALIFICATION,
    specialty: SPECIALTY,
    level: LEVEL,
    holderName: 'Name of the holder',
    idNumberMasked: MASKED,
    certificateNumber: CERTIFICATE_NUMBER,
    managementNumber: MANAGEMENT_NUMBER_IF_ANY,
    enquiryNumber: ENQUIRY_NUMBER,
    approvedOn: '批准日期, approval date, where it is known',
    issuedOn: '制发日期, issue date',
    issuer: 'The body that issued it',
    status: 'A revoked one can be neither annotated nor downloaded; with any other word clients spend no slot',
    annotationRequired: 'Whether it can be downloaded only with an annotation',
    annotation: 'The latest annotation, whatever its status; null while there is none',
    quota: 'Slots of this certificate; null where no annotation is required',
  },
  certificatePage: {
    items: 'Certificates of this page; the order is the same on every request',
    nextCursor: 'The cursor of the next page; null on the last',
  },
  annotationList: { items: 'All annotations, the latest first', quota: 'Slots of the certificate' },
  annotationRequest: {
    scenario: 'Code of a usage scenario of meta.scenarios',
    validDays: `${VALID_DAYS}; at most meta.maxValidDays`,
    clientReference: "The client's own name for this application, the same as Idempotency-Key",
  },
  challenge: {
    id: 'Opaque; the answer names it',
    kind: 'A picture to read, a code by SMS, or a QR code to confirm in an app',
    prompt: 'What to ask the person, in Chinese',
    image: 'The picture as a data URI (PNG, JPEG or SVG); with image',
    payload: `${QR_PAYLOAD}; with qr`,
    expiresAt: 'Until when it can be answered',
  },
  challengeAnswer: {
    id: 'The id of the challenge',
    answer: 'What the person typed; empty for a QR code, of which the portal knows whether it was confirmed',
  },
  credentials: { username: USERNAME, password: 'The password', challenge: CHALLENGE },
  session: {
    username: 'Whose it is: after a login by QR code nobody has typed a user name',
    accessToken: 'The bearer token of all routes with a session',
    expiresAt: 'When it ends',
    holder: 'Whose session it is',
    notice: 'The service notice in force, and whether the holder has accepted it',
  },
  qrLogin: { id: 'Opaque', payload: QR_PAYLOAD, expiresAt: 'Until when it can be confirmed' },
  registration: {
    username: USERNAME,
    password: 'As meta.passwordPolicy says',
    idType: 'Code of meta.idTypes',
    idNumber: 'Number of the identity document under which certificates were or will be earned',
    name: 'Name as in the identity document',
    phone: 'Mobile telephone number',
    challenge: CHALLENGE,
  },
  account: { username: 'The account that was made' },
  lookup: {
    name: 'Name of the holder',
    idNumber: 'Full number of the identity document of the holder',
    managementNumber: `${MANAGEMENT_NUMBER}. Exactly one of it and enquiryNumber is given`,
    enquiryNumber: `${ENQUIRY_NUMBER}, in place of a management number`,
    challenge: CHALLENGE,
  },
  lookupResult: {
    found: 'Whether there is such a certificate; the other fields are given when there is',
    status: 'Whether it is in force',
    qualification: QUALIFICATION,
    specialty: SPECIALTY,
    level: LEVEL,
    certificateNumber: CERTIFICATE_NUMBER,
    managementNumber: MANAGEMENT_NUMBER_IF_ANY,
    enquiryNumber: ENQUIRY_NUMBER,
    approvedOn: '批准日期, approval date',
    issuedOn: '制发日期, issue date',
    issuer: 'The body that issued it',
  },
  problem: {
    type: 'RFC 9457; about:blank, since code says what it is',
    title: 'RFC 9457, for people',
    status: 'The HTTP status once more',
    detail: 'What was wrong with this request, for people',
    code: 'What went wrong: one of the codes of the operation',
    requestId: "The portal's name for this request, for its helpline",
    attemptsLeft: 'With INVALID_CREDENTIALS: wrong passwords until the account is locked',
    until: 'With ACCOUNT_LOCKED: when the lock ends',
    nextSlotOn: 'With QUOTA_EXHAUSTED: the first day with a slot',
    validUntil: 'With ANNOTATION_EXPIRED: the last day on which it held',
    challenge: 'With CHALLENGE_REQUIRED and CHALLENGE_FAILED: the challenge to answer next',
    fields: 'With VALIDATION_FAILED: which fields are wrong, and how',
  },
};
