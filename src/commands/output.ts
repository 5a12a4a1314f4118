/**
 * What `--json` gives: the `data` of each command as a schema. The published JSON Schemas are made of these, and the
 * tests of the commands hold every document against them. Changes are additive only.
 */
import * as v from 'valibot';
import { annotation, certificate, lookupResult, quota, session } from '../contract/schemas.ts';
import { type LayerName, REASONS } from '../domain/verification.ts';

const failure = v.object({
  code: v.string(),
  message: v.string(),
  hint: v.optional(v.string()),
  retryable: v.boolean(),
  requestId: v.optional(v.string()),
});

const file = v.object({
  path: v.string(),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  bytes: v.pipe(v.number(), v.integer()),
  validUntil: v.optional(v.pipe(v.string(), v.isoDate())),
  verdict: v.optional(v.picklist(['valid', 'invalid', 'unknown'])),
  page: v.optional(v.picklist(['agrees', 'contradicts'])),
});

const result = v.object({
  certificateId: v.string(),
  outcome: v.picklist(['saved', 'up-to-date', 'imported', 'submitted', 'ready', 'generating', 'failed', 'skipped']),
  annotationId: v.optional(v.string()),
  file: v.optional(file),
  keptAt: v.optional(v.string()),
  error: v.optional(failure),
  reason: v.optional(failure),
  nextOn: v.optional(v.nullable(v.pipe(v.string(), v.isoDate()))),
});

const importResult = v.object({
  path: v.string(),
  outcome: v.picklist(['imported', 'up-to-date', 'failed']),
  qualification: v.optional(v.string()),
  /** Null where nothing limits it. */
  validUntil: v.optional(v.nullable(v.pipe(v.string(), v.isoDate()))),
  verdict: v.optional(v.picklist(['valid', 'invalid', 'unknown'])),
  error: v.optional(failure),
});

const results = v.object({ results: v.array(result) });

const savedFile = v.object({
  path: v.string(),
  state: v.picklist(['good', 'moved', 'changed', 'missing']),
  validUntil: v.nullable(v.pipe(v.string(), v.isoDate())),
});

const importedFile = v.object({
  ...savedFile.entries,
  qualification: v.string(),
  holderMasked: v.optional(v.string()),
  holderName: v.optional(v.string()),
  verdict: v.optional(v.picklist(['valid', 'invalid', 'unknown'])),
  via: v.optional(v.literal('import')),
});

const shownCertificate = v.object({ ...certificate.entries, daysLeft: v.optional(v.number()) });

const plannedAnnotation = v.object({
  certificateId: v.string(),
  scenario: v.string(),
  validDays: v.number(),
  validUntil: v.pipe(v.string(), v.isoDate()),
  quota: v.nullable(quota),
});

const plannedGet = v.object({
  certificateId: v.string(),
  step: v.picklist(['up-to-date', 'download', 'join', 'apply', 'refuse']),
  scenario: v.optional(v.string()),
  validDays: v.optional(v.number()),
  validUntil: v.optional(v.pipe(v.string(), v.isoDate())),
  path: v.optional(v.string()),
  annotationId: v.optional(v.string()),
  error: v.optional(failure),
  quota: v.nullable(quota),
});

const store = v.picklist(['keychain', 'file', 'none']);

const profile = v.object({ name: v.string(), portal: v.string(), username: v.string(), store });

const loggedIn = v.object({
  profile: v.object({ ...profile.entries, sessionExpiresAt: v.nullable(v.string()) }),
  notice: v.nullable(v.object({ version: v.string(), accepted: v.boolean() })),
});

const sourced = v.object({
  value: v.string(),
  source: v.picklist(['flag', 'environment', 'profile', 'config']),
});

const setting = v.object({ key: v.string(), value: v.nullable(v.union([v.string(), v.number()])) });

const layer = (name: LayerName) =>
  v.object({ result: v.picklist(['pass', 'fail', 'unknown']), code: v.picklist(Object.keys(REASONS[name])) });

const certificateSummary = v.object({
  name: v.string(),
  subject: v.string(),
  issuer: v.string(),
  issuerName: v.string(),
  serialNumber: v.string(),
  sha256: v.string(),
  notBefore: v.string(),
  notAfter: v.string(),
});

const verifiedSignature = v.object({
  layers: v.object({
    structure: layer('structure'),
    integrity: layer('integrity'),
    signer: layer('signer'),
    revisions: layer('revisions'),
    annotation: layer('annotation'),
  }),
  signer: v.optional(certificateSummary),
  claimedSigningTime: v.optional(v.string()),
  coverage: v.optional(v.object({ fileBytes: v.number(), coveredBytes: v.number(), addedBytes: v.number() })),
});

const verification = v.object({
  path: v.string(),
  holderMasked: v.optional(v.string()),
  qualification: v.optional(v.string()),
  validUntil: v.optional(v.pipe(v.string(), v.isoDate())),
  verdict: v.picklist(['valid', 'invalid', 'unknown']),
  ...verifiedSignature.entries,
  signatures: v.optional(v.array(verifiedSignature)),
  annotation: v.optional(
    v.object({
      id: v.optional(v.string()),
      scenario: v.optional(v.string()),
      validUntil: v.pipe(v.string(), v.isoDate()),
    }),
  ),
  seal: v.optional(
    v.object({
      id: v.string(),
      name: v.string(),
      maker: v.string(),
      validFrom: v.pipe(v.string(), v.isoTimestamp()),
      validUntil: v.pipe(v.string(), v.isoTimestamp()),
    }),
  ),
});

const trustAnchor = v.object({ ...certificateSummary.entries, profile: v.nullable(v.string()) });

export const OUTPUT = {
  list: v.object({
    certificates: v.array(v.object({ ...shownCertificate.entries, saved: v.array(savedFile) })),
    files: v.optional(v.array(importedFile)),
  }),
  info: v.object({ certificate: shownCertificate }),
  history: v.object({ certificateId: v.string(), annotations: v.array(annotation), quota: v.nullable(quota) }),
  get: v.union([results, v.object({ plan: v.array(plannedGet) })]),
  renew: v.union([results, v.object({ plan: v.array(plannedGet) })]),
  remind: v.object({ calendar: v.object({ path: v.string(), events: v.number() }) }),
  annotate: v.union([results, v.object({ plan: v.array(plannedAnnotation) })]),
  wait: results,
  download: results,
  view: v.object({ file }),
  import: v.object({ results: v.array(importResult) }),
  register: v.object({
    account: v.nullable(v.object({ username: v.string() })),
    profile: v.optional(loggedIn.entries.profile),
    notice: v.optional(loggedIn.entries.notice),
  }),
  login: loggedIn,
  logout: v.object({
    loggedOut: v.array(v.string()),
    erased: v.optional(v.array(v.string())),
    left: v.optional(v.array(v.string())),
  }),
  whoami: v.object({
    profile: v.object({
      name: v.nullable(v.string()),
      nameSource: v.nullable(v.picklist(['flag', 'environment', 'config'])),
      portal: sourced,
      username: v.nullable(sourced),
      secretsIn: v.picklist(['environment', 'keychain', 'file', 'none']),
      sessionExpiresAt: v.nullable(v.string()),
      holder: session.entries.holder.wrapped,
    }),
    sessionHolds: v.optional(v.literal(true)),
  }),
  lookup: v.object({ lookup: lookupResult }),
  verify: v.object({
    verifications: v.array(verification),
    failures: v.optional(v.array(v.object({ path: v.string(), error: failure }))),
  }),
  'trust-add': v.object({ trustAnchors: v.array(trustAnchor) }),
  'trust-list': v.object({ trustAnchors: v.array(trustAnchor) }),
  'trust-remove': v.object({ removed: trustAnchor }),
  'profile-list': v.object({ profiles: v.array(v.object({ ...profile.entries, current: v.boolean() })) }),
  'profile-use': v.object({ profile }),
  'profile-rename': v.object({ profile }),
  'profile-remove': v.object({ removed: v.string() }),
  'config-list': v.object({ settings: v.record(v.string(), v.union([v.string(), v.number()])) }),
  'config-get': v.object({ setting }),
  'config-set': v.object({ setting }),
  'config-path': v.object({ path: v.string() }),
  sandbox: v.object({ url: v.string(), web: v.string(), trustAnchor: v.string() }),
  demo: v.object({ file }),
} as const;

/** The whole document of a command. */
export const documentOf = (data: v.GenericSchema) =>
  v.union([
    v.object({ schemaVersion: v.literal(1), ok: v.literal(true), data, warnings: v.array(v.string()) }),
    v.object({
      schemaVersion: v.literal(1),
      ok: v.literal(false),
      error: failure,
      data: v.optional(v.record(v.string(), v.unknown())),
      warnings: v.array(v.string()),
    }),
  ]);
