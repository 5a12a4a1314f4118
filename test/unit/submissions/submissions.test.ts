import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../../src/contract/schemas.ts';
import { acquire, type ProcessTable } from '../../../src/disk/lock.ts';
import { asksTheSame, type JournalEntry } from '../../../src/domain/submission.ts';
import { CertError } from '../../../src/errors.ts';
import type { Wanted } from '../../../src/ports/submissions.ts';
import { journalEntries, journalText } from '../../../src/submissions/journal-text.ts';
import { createSubmissions } from '../../../src/submissions/submissions.ts';
import { CERTIFICATE, memoryPortal } from '../../support/memory-portal.ts';
import { certificate } from '../../support/portal-over.ts';
import { testClock } from '../../support/sandbox.ts';
import { watchSyncs } from '../../support/syncs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const FULL = { limit: 3, windowDays: 90, used: 0, remaining: 3, nextSlotOn: null };

const FEATURES = [
  { idempotentSubmit: true, echoReference: true },
  { idempotentSubmit: false, echoReference: true },
  { idempotentSubmit: true, echoReference: false },
  { idempotentSubmit: false, echoReference: false },
] as const;

const nameAt = (portal: string) => createHash('sha256').update(`${portal}\n${CERTIFICATE}`).digest('hex').slice(0, 32);

const PROCESSES: ProcessTable = { self: { pid: 1, host: 'here', boot: 'b', started: '1' }, isAlive: () => true };

function world(
  features: (typeof FEATURES)[number],
  { folder = temporaryFolder(), origin = 'https://portal.test' } = {},
) {
  const clock = testClock();
  const memory = memoryPortal(features, clock.now, origin);
  let references = 0;
  let tablesMade = 0;
  const warnings: unknown[] = [];
  const submissions = createSubmissions({
    portal: memory.portal,
    holderPortal: memory.holderPortal,
    clock,
    newReference: () => `fresh-${++references}`,
    processes: async () => {
      tablesMade += 1;
      return PROCESSES;
    },
    stateFolder: folder,
    warn: (error) => warnings.push(error),
  });
  const path = join(folder, 'journal', `${nameAt(origin)}.jsonl`);
  const write = (text: string) => {
    mkdirSync(join(folder, 'journal'), { recursive: true });
    writeFileSync(path, text);
  };
  const lag = (listed: number | undefined, counted = listed) => Object.assign(memory.lag, { listed, counted });
  return {
    ...memory,
    memory,
    path,
    lag,
    clock,
    submissions,
    tablesMade: () => tablesMade,
    warnings,
    write,
    writeEntries: (entries: readonly JournalEntry[]) => write(journalText(entries)),
    entries: (): JournalEntry[] => (existsSync(path) ? journalEntries(path, readFileSync(path, 'utf8')) : []),
    /** Another process takes the certificate's lock for that of a dead one. */
    takeOver: () => acquire(join(folder, 'locks'), nameAt(origin), { ...PROCESSES, isAlive: () => false }),
    submit: (more: Partial<Wanted> = {}) =>
      submissions.submit(CERTIFICATE, wanted({ seen: memory.annotations()[0] ?? null, ...more })),
  };
}

const WISH = { scenario: 'self', validDays: 90 };
const wanted = (more: Partial<Wanted> = {}): Wanted => {
  const wish = { ...WISH, ...more };
  return {
    seen: null,
    startedAt: new Date(AT),
    serves: (annotation) => annotation.status === 'generating' && asksTheSame(annotation, wish),
    reserve: 0,
    resubmit: false,
    ...wish,
  };
};

const AT = '2026-11-24T10:00:00+08:00';
const intent = (reference: string, more: object = {}): JournalEntry => ({
  type: 'intent',
  reference,
  ...WISH,
  known: [],
  at: AT,
  ...more,
});
const ofFirstRelease = (entries: readonly JournalEntry[]): string =>
  entries.map((entry) => `${JSON.stringify({ v: 1, ...entry })}\n`).join('');

describe('an application', () => {
  it('is written down before and after it is sent', async () => {
    const { submit, entries, sent } = world(FEATURES[0]);
    expect(await submit()).toMatchObject({ annotation: { id: 'a-1' }, isNew: true });
    expect(entries().map(({ type }) => type)).toEqual(['intent', 'outcome']);
    expect(sent).toEqual(['fresh-1']);
  });

  it('is sent only when its intent is on the disk', async () => {
    const { submit, entries, next, path } = world(FEATURES[0]);
    const syncs = await watchSyncs(() => undefined);
    const sent: { entries: JournalEntry[]; inode: number; synced: number[] }[] = [];
    next.push(() =>
      sent.push({ entries: entries(), inode: statSync(path).ino, synced: syncs.map(({ inode }) => inode) }),
    );
    await submit();
    expect(sent).toMatchObject([{ entries: [{ type: 'intent', reference: 'fresh-1' }] }]);
    if (process.platform !== 'win32') expect(sent[0]?.synced).toContain(sent[0]?.inode);
  });

  it('is not sent by a process that lost the lock meanwhile, and leaves no trace', async () => {
    const { submit, entries, nextLists, sent, takeOver } = world(FEATURES[0]);
    nextLists.push(takeOver);
    await expect(submit()).rejects.toMatchObject({ code: 'CERTIFICATE_BUSY', exit: 12 });
    expect({ sent, entries: entries() }).toEqual({ sent: [], entries: [] });
  });

  it('is not sent again by a process that lost the lock meanwhile', async () => {
    const { submit, nextLists, sent, takeOver, writeEntries } = world(FEATURES[0]);
    writeEntries([intent('r-1')]);
    nextLists.push(takeOver);
    await expect(submit()).rejects.toMatchObject({ code: 'CERTIFICATE_BUSY' });
    expect(sent).toEqual([]);
  });

  it.each(FEATURES)('whose answer was lost is found again: %j', async (features) => {
    const { submit, next, annotations } = world(features);
    next.push('lost after');
    expect(await submit()).toMatchObject({ annotation: { id: 'a-1' }, isNew: true });
    expect(annotations()).toHaveLength(1);
  });

  it.each(FEATURES)(
    'that left no trace is sent again only to an idempotent portal, under its key: %j',
    async (features) => {
      const { submit, next, sent, entries } = world(features);
      next.push('lost before');
      const end = await submit().then(
        ({ annotation }) => annotation.id,
        (error) => error.code,
      );
      const idempotent = { end: 'a-1', sent: ['fresh-1', 'fresh-1'], entries: ['intent', 'outcome'] };
      const other = { end: 'OUTCOME_UNKNOWN', sent: ['fresh-1'], entries: ['intent'] };
      expect({ end, sent, entries: entries().map(({ type }) => type) }).toEqual(
        features.idempotentSubmit ? idempotent : other,
      );
    },
  );

  it('is not one that the portal lists for another certificate', async () => {
    const { submit, commit, holderPortal, sent } = world(FEATURES[3]);
    const other = { ...commit({ ...WISH, clientReference: 'other' }), certificateId: 'c-other' };
    const { annotations } = holderPortal;
    holderPortal.annotations = async (id) => ({ ...(await annotations(id)), items: [other] });
    expect(await submit({ seen: null })).toMatchObject({ annotation: { id: 'a-2' }, isNew: true });
    expect(sent).toEqual(['fresh-1']);
  });

  const refusals = [
    new CertError('ROUTE_NOT_FOUND', { route: '/' }),
    new CertError('CERTIFICATE_NOT_FOUND', { selector: CERTIFICATE }),
    new CertError('PORTAL_REFUSED', { status: 403, said: 'by a gateway' }),
  ];
  it.each(refusals)('whose answer was lost stays open when the list is refused: $code', async (refusal) => {
    const { submit, next, nextLists, annotations } = world(FEATURES[0]);
    next.push('lost after');
    nextLists.push(undefined, refusal);
    await expect(submit()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(await submit()).toMatchObject({ annotation: { id: 'a-1' }, isNew: false });
    expect(annotations()).toHaveLength(1);
  });

  it('whose answer was lost stays open when a gateway refuses it the second time', async () => {
    const { submit, next, entries } = world(FEATURES[0]);
    next.push('lost before', new CertError('PORTAL_REFUSED', { status: 409, said: 'in progress' }));
    await expect(submit()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(entries()).toMatchObject([{ type: 'intent' }]);
  });

  it.each(FEATURES)('that is answered with another certificate is looked for: %j', async (features) => {
    const { submit, next, annotations } = world(features);
    next.push('of another certificate');
    expect(await submit()).toMatchObject({ annotation: { id: 'a-1' }, isNew: true });
    expect(annotations()).toHaveLength(1);
  });

  it.each([
    new CertError('CERTIFICATE_REVOKED', { certificate: CERTIFICATE }),
    new CertError('PORTAL_REFUSED', { status: 422, said: 'days' }),
    new CertError('CONNECTION_REFUSED', { host: 'portal.test' }),
  ])('that was certainly not taken is settled: $code', async (refusal) => {
    const { submit, next, entries } = world(FEATURES[0]);
    next.push(refusal);
    await expect(submit()).rejects.toBe(refusal);
    expect(entries()).toMatchObject([{ type: 'intent' }, { type: 'outcome', annotationId: null }]);
  });

  it('of another start in the meantime is joined', async () => {
    const { submit, commit, sent } = world(FEATURES[0]);
    commit({ ...WISH, clientReference: 'other-start' });
    expect(await submit({ seen: null })).toMatchObject({ annotation: { id: 'a-1' }, isNew: false });
    expect(sent).toEqual([]);
  });

  it('is another intention once the first was delivered, and the same until then', async () => {
    const { submit, submissions } = world(FEATURES[0]);
    const { annotation } = await submit();
    expect(await submit()).toMatchObject({ annotation: { id: 'a-1' }, isNew: false });
    await submissions.delivered(annotation);
    expect(await submit()).toMatchObject({ annotation: { id: 'a-2' }, isNew: true });
  });

  it('of another start that has ended meanwhile is joined', async () => {
    const { submit, submissions, clock } = world(FEATURES[0]);
    const startedAt = clock.now();
    await clock.sleep(1);
    const { annotation } = await submit({ startedAt });
    await submissions.delivered(annotation);
    expect(await submit({ startedAt })).toMatchObject({ annotation: { id: 'a-1' }, isNew: false });
    expect(await submit({ startedAt: clock.now() })).toMatchObject({ annotation: { id: 'a-2' }, isNew: true });
  });

  it('never takes what is reserved', async () => {
    const { submit, commit, sent } = world(FEATURES[0]);
    for (const reference of ['one', 'two']) commit({ ...WISH, validDays: 5, clientReference: reference });
    await expect(submit({ reserve: 1 })).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED', params: { reserved: 1 } });
    expect(sent).toEqual([]);
  });
});

describe('an open intent of an earlier run', () => {
  const long = '2026-11-24T09:50:00+08:00';
  const short = '2026-11-24T09:50:01+08:00';
  const now = AT;
  const over = '2026-08-25T23:00:00+08:00';
  const ahead = '2027-01-01T00:00:00+08:00';
  const [both, echo, idempotent, neither] = FEATURES;

  it.each<[string, (typeof FEATURES)[number], object, Partial<Wanted>, string]>([
    ['the same wish', both, { at: short }, {}, 'r-1'],
    ['the same wish, no echo', idempotent, { at: short }, {}, 'r-1'],
    ['the same wish, not idempotent', echo, { at: long }, {}, 'OUTCOME_UNKNOWN'],
    ['the same wish, neither', neither, { at: long }, {}, 'OUTCOME_UNKNOWN'],
    ['the same wish, neither, a person says so', neither, { at: long }, { resubmit: true }, 'fresh-1'],
    ['another wish, just now', both, { at: short, validDays: 30 }, {}, 'OUTCOME_UNKNOWN'],
    ['another wish, long ago', both, { at: long, validDays: 30 }, {}, 'OUTCOME_UNKNOWN'],
    ['another wish, so long ago that nothing counts', both, { at: over, validDays: 30 }, {}, 'fresh-1'],
    ['the same wish, so long ago, not idempotent', echo, { at: over }, {}, 'fresh-1'],
    ['another that would do', both, { at: long, validDays: 30 }, { serves: () => true }, 'r-1'],
    ['another wish, long ago, not idempotent', echo, { at: long, validDays: 30 }, {}, 'OUTCOME_UNKNOWN'],
    ['another wish, by a clock that was ahead', both, { at: ahead, validDays: 30 }, {}, 'OUTCOME_UNKNOWN'],
    ['the same wish, and only reserved slots', both, { at: short }, { reserve: 3 }, 'QUOTA_EXHAUSTED'],
    [
      'the same wish of this very run, a person says so',
      neither,
      { at: now },
      { resubmit: true, startedAt: new Date(short) },
      'OUTCOME_UNKNOWN',
    ],
    [
      'the same wish by a clock that was ahead, a person says so',
      neither,
      { at: ahead },
      { resubmit: true },
      'fresh-1',
    ],
  ])('that the portal does not list: %s', async (_, features, open, more, expected) => {
    const { submit, writeEntries, sent } = world(features);
    writeEntries([intent('r-1', open)]);
    const end = await submit(more).then(
      () => sent.join(),
      (error) => error.code,
    );
    expect(end).toBe(expected);
  });

  it.each(FEATURES)('that the portal lists is joined, and settled: %j', async (features) => {
    const { submit, writeEntries, commit, sent, entries } = world(features);
    commit({ ...WISH, clientReference: 'reference-1' });
    writeEntries([intent('reference-1')]);
    expect(await submit()).toMatchObject({ annotation: { id: 'a-1' }, isNew: false });
    expect(sent).toEqual([]);
    expect(entries()).toMatchObject([
      { type: 'intent' },
      { type: 'outcome', reference: 'reference-1', annotationId: 'a-1' },
    ]);
  });

  it('is not the same annotation as another one', async () => {
    const { submit, writeEntries, commit, sent, entries } = world(neither);
    commit({ ...WISH, clientReference: 'whose-is-it' });
    writeEntries([intent('r-1', { at: long }), intent('r-2', { at: long })]);
    expect(await submit({ seen: null })).toMatchObject({ annotation: { id: 'a-1' }, isNew: false });
    expect(sent).toEqual([]);
    expect(entries().slice(2)).toMatchObject([{ type: 'outcome', reference: 'r-1', annotationId: 'a-1' }]);
  });

  it('that nothing can be known of is told to be an earlier one, and settled once a person says so', async () => {
    const { submit, writeEntries, entries } = world(neither);
    writeEntries([intent('r-1', { at: long })]);
    await expect(submit()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', params: { isEarlier: true } });
    await submit({ resubmit: true });
    expect(entries().slice(1)).toMatchObject([
      { type: 'outcome', reference: 'r-1', annotationId: null },
      { type: 'intent', reference: 'fresh-1' },
      { type: 'outcome', reference: 'fresh-1', annotationId: 'a-1' },
    ]);
  });

  it('and of another wish stays open, however old it is: a list may lag', async () => {
    const { submit, writeEntries, entries } = world(both);
    writeEntries([intent('r-1', { at: long, validDays: 30 })]);
    await expect(submit()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(entries()).toHaveLength(1);
  });

  it('that is sent again stays open unless the portal itself refuses', async () => {
    const { submit, writeEntries, next, entries } = world(both);
    writeEntries([intent('r-1')]);
    next.push(new CertError('CONNECTION_REFUSED', { host: 'portal.test' }));
    await expect(submit()).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    expect(entries()).toHaveLength(1);
    next.push(new CertError('CERTIFICATE_REVOKED', { certificate: CERTIFICATE }));
    await expect(submit()).rejects.toMatchObject({ code: 'CERTIFICATE_REVOKED' });
    expect(entries()).toHaveLength(2);
  });

  it('that had become what does not serve any more is settled, and another is applied for', async () => {
    const { submit, writeEntries, commit, sent, lag, memory } = world(both);
    commit({ ...WISH, clientReference: 'reference-1' });
    writeEntries([intent('reference-1')]);
    lag(0);
    memory.answer = () => ({ status: 'expired' });
    const serves = ({ id }: { id: string }) => id !== 'a-1';
    expect(await submit({ seen: null, serves })).toMatchObject({ annotation: { id: 'a-2' }, isNew: true });
    expect(sent).toEqual(['reference-1', 'fresh-1']);
  });

  it('on the last slot is sent again where no slot is left', async () => {
    const { submit, writeEntries, commit, lag, annotations } = world(both);
    for (const reference of ['one', 'two', 'three']) commit({ ...WISH, clientReference: reference });
    writeEntries([intent('three', { known: ['a-1', 'a-2'] })]);
    lag(2, 3);
    expect(await submit()).toMatchObject({ annotation: { id: 'a-3' } });
    expect(annotations()).toHaveLength(3);
  });
});

describe('a list that lags behind', () => {
  it.each(FEATURES)('does not cost a slot for what is known here: %j', async (features) => {
    const { submit, lag, annotations, asked } = world(features);
    await submit();
    lag(0);
    expect(await submit({ seen: null })).toMatchObject({ annotation: { id: 'a-1' }, isNew: false });
    expect(annotations()).toHaveLength(1);
    expect(asked).toEqual(['a-1']);
  });

  it('and shows an older page does not either', async () => {
    const { submit, submissions, lag, commit, annotations } = world(FEATURES[0]);
    commit({ ...WISH, validDays: 5, clientReference: 'of-another-machine' });
    const { annotation } = await submit();
    expect(annotation.id).toBe('a-2');
    lag(1);
    expect(await submit({ seen: null })).toMatchObject({ annotation: { id: 'a-2' }, isNew: false });
    await submissions.delivered(annotation);
    const serves = ({ id }: { id: string }) => id === 'a-2';
    expect(await submit({ seen: null, serves })).toMatchObject({ annotation: { id: 'a-2' }, isNew: false });
    expect(annotations()).toHaveLength(2);
  });

  it('is asked of what the caller saw, and knows, elsewhere', async () => {
    const { submit, commit, lag, sent, asked, annotations } = world(FEATURES[0]);
    for (const reference of ['one', 'two']) commit({ ...WISH, validDays: 5, clientReference: reference });
    lag(0);
    const [seen = null] = annotations();
    await expect(submit({ seen, known: ['a-1'], reserve: 1 })).rejects.toMatchObject({
      code: 'QUOTA_EXHAUSTED',
      params: { reserved: 1, nextSlotOn: '2027-02-22' },
    });
    expect(sent).toEqual([]);
    expect(asked).toEqual(['a-1', 'a-2']);
  });

  it.each<[string, number, number | undefined, Partial<Annotation>, string]>([
    ['shows and counts nothing', 0, 0, {}, 'QUOTA_EXHAUSTED'],
    ['shows nothing, and counts all', 0, undefined, {}, 'QUOTA_EXHAUSTED'],
    ['shows all, and counts nothing', 2, 0, {}, 'QUOTA_EXHAUSTED'],
    ['shows and counts nothing of what failed', 0, 0, { status: 'failed' }, 'fresh-3'],
    ['shows and counts nothing of what is over, but in the window', 0, 0, { status: 'expired' }, 'QUOTA_EXHAUSTED'],
    [
      'shows and counts nothing of what is out of the window',
      0,
      0,
      { requestedAt: '2026-08-20T10:00:00+08:00' },
      'fresh-3',
    ],
  ])('and %s does not give a reserved slot away', async (_, listed, counted, answer, expected) => {
    const { submit, submissions, lag, sent, memory } = world(FEATURES[0]);
    for (const validDays of [5, 6]) await submissions.delivered((await submit({ validDays })).annotation);
    lag(listed, counted);
    memory.answer = () => answer;
    const end = await submit({ reserve: 1, serves: () => false }).then(
      () => sent.at(-1),
      (error) => error.code,
    );
    expect(end).toBe(expected);
  });

  it('and counts none of what others applied for is believed: nobody here knows better', async () => {
    const { submit, commit, lag, sent } = world(FEATURES[0]);
    for (const reference of ['one', 'two', 'three']) commit({ ...WISH, validDays: 5, clientReference: reference });
    lag(undefined, 0);
    await submit({ reserve: 2 });
    expect(sent).toEqual(['fresh-1']);
  });

  it.each<[string, CertError, string]>([
    ['gateway’s 404', new CertError('ROUTE_NOT_FOUND', { route: '/annotations/{id}' }), 'ROUTE_NOT_FOUND'],
    ['failure', new CertError('PORTAL_UNAVAILABLE', { status: 503 }), 'PORTAL_UNAVAILABLE'],
    ['refusal', new CertError('PORTAL_REFUSED', { status: 403, said: '' }), 'PORTAL_REFUSED'],
    ['portal’s own word', new CertError('ANNOTATION_NOT_FOUND', { id: 'a-1' }), 'fresh-2'],
  ])('lets a known annotation be forgotten by no %s but the portal’s own', async (_, failure, expected) => {
    const { submit, lag, sent, memory } = world(FEATURES[0]);
    await submit();
    lag(0);
    memory.answer = () => failure;
    const end = await submit({ seen: null }).then(
      () => sent.at(-1),
      (error) => error.code,
    );
    expect(end).toBe(expected);
  });

  it.each(FEATURES)(
    'and an application that nobody answered: it is not sent under another key: %j',
    async (features) => {
      const { submit, writeEntries, commit, lag, annotations } = world(features);
      commit({ ...WISH, clientReference: 'reference-1' });
      writeEntries([intent('reference-1')]);
      lag(0);
      const end = await submit({ seen: null }).then(
        ({ annotation }) => annotation.id,
        (error) => error.code,
      );
      expect(end).toBe(features.idempotentSubmit ? 'a-1' : 'OUTCOME_UNKNOWN');
      expect(annotations()).toHaveLength(1);
      lag(undefined);
      expect(await submit({ seen: null })).toMatchObject({ annotation: { id: 'a-1' }, isNew: false });
      expect(annotations()).toHaveLength(1);
    },
  );

  it('does not end what is told of a certificate, nor of its history', async () => {
    const { submit, submissions, lag, asked, tablesMade } = world(FEATURES[0]);
    const listed = { ...certificate, id: CERTIFICATE, annotation: null, quota: { ...FULL } };
    expect(await submissions.caughtUp([listed])).toEqual([listed]);
    // Whoever only looks takes no lock, and so looks at no processes.
    expect(tablesMade()).toBe(0);
    const { annotation } = await submit();
    expect(tablesMade()).toBe(1);
    lag(0);
    const left = { used: 1, remaining: 2, nextSlotOn: '2027-02-22' };
    expect(await submissions.caughtUp([listed])).toMatchObject([{ annotation: { id: 'a-1' }, quota: left }]);
    expect(await submissions.history(CERTIFICATE)).toMatchObject({ items: [{ id: 'a-1' }], quota: left });
    asked.length = 0;
    const caughtUp = { ...listed, annotation, quota: { ...FULL, used: 1, remaining: 2 } };
    expect(await submissions.caughtUp([caughtUp])).toEqual([caughtUp]);
    expect(asked).toEqual([]);
    lag(1);
    await submissions.delivered(annotation);
    expect((await submit()).annotation).toMatchObject({ id: 'a-2', requestedAt: annotation.requestedAt });
    expect(await submissions.caughtUp([caughtUp])).toMatchObject([{ annotation: { id: 'a-2' } }]);
  });

  it('costs a warning where the journal cannot be read, and nobody applies', async () => {
    const { submit, submissions, write, warnings, sent } = world(FEATURES[0]);
    const listed = { ...certificate, id: CERTIFICATE, annotation: null, quota: { ...FULL } };
    write('nonsense');
    expect(await submissions.caughtUp([listed])).toEqual([listed]);
    expect(warnings).toMatchObject([{ code: 'JOURNAL_INVALID' }]);
    await expect(submit()).rejects.toMatchObject({ code: 'JOURNAL_INVALID' });
    expect(sent).toEqual([]);
  });
});

describe('an answer that is no annotation', () => {
  const ANSWERS = [
    new CertError('SESSION_EXPIRED', {}),
    new CertError('PORTAL_REFUSED', { status: 403, said: 'by a gateway' }),
    new CertError('PORTAL_REFUSED', { status: 409, said: 'by a gateway' }),
    new CertError('ROUTE_NOT_FOUND', { route: '/' }),
    new CertError('CHALLENGE_REQUIRED', {}),
    new CertError('RATE_LIMITED', {}),
    new CertError('QUOTA_EXHAUSTED', {}),
    new CertError('NOTICE_NOT_ACCEPTED', {}),
    new CertError('OUTCOME_UNKNOWN', { certificate: CERTIFICATE }),
  ];
  const cases = ANSWERS.flatMap((answer) => FEATURES.map((features) => [answer, features] as const));
  const end = async (one: ReturnType<typeof world>) =>
    one.submit({ seen: null }).then(
      ({ annotation }) => annotation.id,
      (error) => error.code,
    );

  it.each(cases)('but was passed on is found: %s at %j', async (after, features) => {
    const one = world(features);
    one.next.push({ after });
    expect(await end(one)).toBe('a-1');
    expect(one.annotations()).toHaveLength(1);
  });

  const doubtful = cases.filter(([{ code }]) => code !== 'NOTICE_NOT_ACCEPTED');
  it.each(doubtful)('but was passed on costs no second slot while the list lags: %s at %j', async (after, features) => {
    const one = world(features);
    one.lag(0);
    one.next.push({ after });
    await end(one);
    await end(one);
    expect(one.annotations()).toHaveLength(1);
    one.lag(undefined);
    expect(await end(one)).toBe('a-1');
  });

  it.each(cases)('and was not passed on: %s at %j', async (answer, features) => {
    const one = world(features);
    one.next.push(answer);
    const first = await end(one);
    const isPortals = answer.code === 'NOTICE_NOT_ACCEPTED';
    const isSentAgain = features.idempotentSubmit && /OUTCOME|SESSION/.test(answer.code);
    const mayBeTold = features.idempotentSubmit || isPortals || /QUOTA|RATE/.test(answer.code);
    expect(first).toBe(isSentAgain ? 'a-1' : mayBeTold ? answer.code : 'OUTCOME_UNKNOWN');
    expect(await end(one)).toBe(features.idempotentSubmit || isPortals ? 'a-1' : 'OUTCOME_UNKNOWN');
    expect(new Set(one.sent).size).toBe(isPortals ? 2 : 1);
  });

  it('is followed by a login where the session is over, and then by a settlement', async () => {
    const one = world(FEATURES[0]);
    one.next.push({ after: new CertError('SESSION_EXPIRED', {}) });
    one.nextLists.push(undefined, new CertError('SESSION_EXPIRED', { source: 'environment' }));
    expect(await end(one)).toBe('SESSION_EXPIRED');
    expect(await end(one)).toBe('a-1');
    expect(one.annotations()).toHaveLength(1);
  });

  it('for want of a slot is believed where the portal counts none', async () => {
    const one = world(FEATURES[1]);
    for (const reference of ['one', 'two', 'three']) one.commit({ ...WISH, validDays: 5, clientReference: reference });
    one.lag(0, 0);
    one.next.push(new CertError('QUOTA_EXHAUSTED', {}));
    const pending = end(one);
    one.nextLists.push(undefined);
    expect(await pending).toBe('QUOTA_EXHAUSTED');
    expect(one.entries()).toHaveLength(1);
    one.lag(undefined);
    expect(await end(one)).toBe('OUTCOME_UNKNOWN');
  });

  it('that the rules refuse is believed', async () => {
    const one = world(FEATURES[1]);
    one.next.push(new CertError('PORTAL_REFUSED', { status: 422, said: 'validDays' }));
    expect(await end(one)).toBe('PORTAL_REFUSED');
    expect(one.entries()).toMatchObject([{ type: 'intent' }, { type: 'outcome', annotationId: null }]);
  });
});

describe('a portal of another spelling', () => {
  it.each(['http://localhost:8321', 'http://[::1]:8321', 'http://127.0.0.2:8321'])(
    'is the same: %s',
    async (origin) => {
      const folder = temporaryFolder();
      const here = world(FEATURES[1], { folder, origin: 'http://127.0.0.1:8321' });
      here.next.push('lost after');
      here.nextLists.push(undefined, new CertError('PORTAL_UNAVAILABLE', { status: 503 }));
      await expect(here.submit()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
      const there = world(FEATURES[1], { folder, origin });
      await expect(there.submit()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
      expect(there.sent).toEqual([]);
    },
  );

  it('has its old journal found', async () => {
    const folder = temporaryFolder();
    const old = world(FEATURES[1], { folder, origin: 'http://localhost:8321' });
    old.write(ofFirstRelease([intent('r-1')]));
    for (const origin of ['http://127.0.0.1:8321', 'http://localhost:8321', 'http://127.0.0.3:8321']) {
      const one = world(FEATURES[1], { folder, origin });
      await expect(one.submit()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
      expect(one.sent).toEqual([]);
    }
  });

  it('with another port is another', async () => {
    const folder = temporaryFolder();
    await world(FEATURES[1], { folder, origin: 'http://127.0.0.1:8321' }).submit();
    expect(await world(FEATURES[1], { folder, origin: 'http://127.0.0.1:8322' }).submit()).toMatchObject({
      isNew: true,
    });
  });
});

describe('any prefix of any journal of the first release', () => {
  const days = fc.constantFrom(90, 30);
  it('leads to no second submission', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FEATURES),
        fc.array(days, { maxLength: 2 }),
        days,
        fc.nat(),
        fc.boolean(),
        async (features, earlier, validDays, cut, arrived) => {
          const one = world(features);
          const journal: JournalEntry[] = [];
          for (const [index, earlierDays] of earlier.entries()) {
            const reference = `earlier-${index}`;
            const known = one.annotations().map(({ id }) => id);
            const { id } = one.commit({ ...WISH, validDays: earlierDays, clientReference: reference });
            journal.push(
              intent(reference, { validDays: earlierDays, known }),
              { type: 'outcome', reference, annotationId: id, at: AT },
              { type: 'delivery', annotationId: id, at: AT },
            );
          }
          const last = intent('last-one', { validDays, known: one.annotations().map(({ id }) => id) });
          const outcome: JournalEntry = {
            type: 'outcome',
            reference: 'last-one',
            annotationId: `a-${earlier.length + 1}`,
            at: AT,
          };
          const [afterIntent, whole] = [
            ofFirstRelease([...journal, last]),
            ofFirstRelease([...journal, last, outcome]),
          ];
          const length = Math.max('{"v":1,'.length, cut % (whole.length + 1));
          // Nothing is sent before its intent is written, and no outcome is written before there is one.
          if (length >= afterIntent.length && (arrived || length === whole.length))
            one.commit({ ...WISH, validDays, clientReference: 'last-one' });
          one.write(whole.slice(0, length));
          const again = () =>
            one.submit({ validDays }).then(
              () => 'done',
              (error) => error.code,
            );
          const made = one.annotations().length;
          const ends = [await again(), await again()];
          expect(one.annotations().length).toBeLessThanOrEqual(Math.max(made, earlier.length + 1));
          if (ends[0] !== 'done') expect(ends).toEqual(['OUTCOME_UNKNOWN', 'OUTCOME_UNKNOWN']);
          if (ends[0] !== 'done') expect(features.idempotentSubmit).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });
});
