import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acquire, type ProcessTable } from '../../../src/disk/lock.ts';
import { asksTheSame, type JournalEntry } from '../../../src/domain/submission.ts';
import { CertError } from '../../../src/errors.ts';
import type { Wanted } from '../../../src/ports/submissions.ts';
import { createSubmissions } from '../../../src/submissions/submissions.ts';
import { CERTIFICATE, memoryPortal } from '../../support/memory-portal.ts';
import { testClock } from '../../support/sandbox.ts';
import { watchSyncs } from '../../support/syncs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const FEATURES = [
  { idempotentSubmit: true, echoReference: true },
  { idempotentSubmit: false, echoReference: true },
  { idempotentSubmit: true, echoReference: false },
  { idempotentSubmit: false, echoReference: false },
] as const;

const NAME = createHash('sha256').update(`https://portal.test\n${CERTIFICATE}`).digest('hex').slice(0, 32);

const PROCESSES: ProcessTable = { self: { pid: 1, host: 'here', boot: 'b', started: '1' }, isAlive: () => true };

function world(features: (typeof FEATURES)[number], folder = temporaryFolder()) {
  const clock = testClock();
  const memory = memoryPortal(features, clock.now);
  let references = 0;
  const warnings: unknown[] = [];
  const submissions = createSubmissions({
    portal: memory.portal,
    holderPortal: memory.holderPortal,
    clock,
    newReference: () => `fresh-${++references}`,
    processes: PROCESSES,
    stateFolder: folder,
    warn: (error) => warnings.push(error),
  });
  const path = join(folder, 'journal', `${NAME}.jsonl`);
  const write = (text: string) => {
    mkdirSync(join(folder, 'journal'), { recursive: true });
    writeFileSync(path, text);
  };
  return {
    ...memory,
    clock,
    submissions,
    warnings,
    path,
    write,
    writeEntries: (entries: readonly JournalEntry[]) => write(textOf(entries)),
    entries: (): JournalEntry[] =>
      existsSync(path)
        ? readFileSync(path, 'utf8')
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line))
        : [],
    /** Another process takes the certificate's lock for that of a dead one. */
    takeOver: () => acquire(join(folder, 'locks'), NAME, { ...PROCESSES, isAlive: () => false }),
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
const textOf = (entries: readonly JournalEntry[]): string =>
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
    const sent: { entries: JournalEntry[]; synced: number[] }[] = [];
    next.push(() => sent.push({ entries: entries(), synced: syncs.map(({ inode }) => inode) }));
    await submit();
    expect(sent).toMatchObject([{ entries: [{ type: 'intent', reference: 'fresh-1' }] }]);
    if (process.platform !== 'win32') expect(sent[0]?.synced).toContain(statSync(path).ino);
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
    new CertError('RATE_LIMITED', {}),
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
  const [both, echo, idempotent, neither] = FEATURES;

  it.each<[string, (typeof FEATURES)[number], object, Partial<Wanted>, string]>([
    ['the same wish', both, { at: short }, {}, 'r-1'],
    ['the same wish, no echo', idempotent, { at: short }, {}, 'r-1'],
    ['the same wish, not idempotent', echo, { at: long }, {}, 'OUTCOME_UNKNOWN'],
    ['the same wish, neither', neither, { at: long }, {}, 'OUTCOME_UNKNOWN'],
    ['the same wish, neither, a person says so', neither, { at: long }, { resubmit: true }, 'fresh-1'],
    ['another wish, just now', both, { at: short, validDays: 30 }, {}, 'OUTCOME_UNKNOWN'],
    ['another wish, long ago', both, { at: long, validDays: 30 }, {}, 'fresh-1'],
    ['another wish, long ago, not idempotent', echo, { at: long, validDays: 30 }, {}, 'OUTCOME_UNKNOWN'],
    [
      'another wish, by a clock that was ahead',
      both,
      { at: '2027-01-01T00:00:00+08:00', validDays: 30 },
      {},
      'OUTCOME_UNKNOWN',
    ],
    ['the same wish, and only reserved slots', both, { at: short }, { reserve: 3 }, 'QUOTA_EXHAUSTED'],
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

  it('that can no longer arrive is settled', async () => {
    const { submit, writeEntries, entries } = world(both);
    writeEntries([intent('r-1', { at: long, validDays: 30 })]);
    await submit();
    expect(entries()[1]).toMatchObject({ type: 'outcome', reference: 'r-1', annotationId: null });
  });

  it('that is sent again stays open unless the portal itself refuses', async () => {
    const { submit, writeEntries, next, entries } = world(both);
    writeEntries([intent('r-1')]);
    next.push(new CertError('SESSION_EXPIRED', {}));
    await expect(submit()).rejects.toMatchObject({ code: 'SESSION_EXPIRED' });
    expect(entries()).toHaveLength(1);
  });
});

describe('any prefix of any journal', () => {
  const days = fc.constantFrom(90, 30);
  it('leads to no second submission', async () => {
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
          const [afterIntent, whole] = [textOf([...journal, last]), textOf([...journal, last, outcome])];
          const length = cut % (whole.length + 1);
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
  }, 120_000);
});
