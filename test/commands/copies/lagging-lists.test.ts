import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CertError } from '../../../src/errors.ts';
import type { Fetch } from '../../../src/ports/http.ts';
import { as, globalFetch, type Installation, installation } from '../../support/cert.ts';
import { useSandbox } from '../../support/sandbox.ts';
import { type StaleList, withStaleLists } from '../../support/stale-lists.ts';

const sandbox = useSandbox({ sessionLifeMs: 365 * 86_400_000 });
const KINDS: StaleList[][] = [['certificates'], ['annotations'], ['certificates', 'annotations']];

const nurse = (fetch: Fetch, more: object = {}) => ({ env: as('demo_nurse'), clock: sandbox.clock, fetch, ...more });
const made = async (id = 'c-nurse-2023') =>
  (await sandbox.state()).annotations.filter(({ certificateId }) => certificateId === id);
const pdfs = (cert: Installation) => readdirSync(cert.folder).filter((name) => name.endsWith('.pdf'));
const outcomes = (json: { data: { results: { outcome: string }[] } }) =>
  json.data.results.map(({ outcome }) => outcome);

/** Ends `cert` at the first request that fits: what came before is done. */
function endedAt(fetch: Fetch, method: string, path: RegExp): { fetch: Fetch; signal: AbortSignal } {
  const ended = new AbortController();
  return {
    signal: ended.signal,
    fetch: async (request) => {
      if (request.method === method && path.test(request.url)) ended.abort(new CertError('INTERRUPTED', {}));
      return fetch(request);
    },
  };
}
const ONE_ANNOTATION = /\/annotations\/[^/]+$/;

describe.each(KINDS)('a list that lags (%s, %s)', (...kinds) => {
  const lists = kinds.filter(Boolean);
  const stale = () => withStaleLists(globalFetch, ...lists);

  it.each(['get c-nurse-2023 --yes --json', 'annotate c-nurse-2023 --yes --wait --json'])(
    'costs no second slot when %s ends after the answer and runs again',
    async (line) => {
      const cert = installation();
      const fetch = stale();
      const first = await cert.run(line, nurse(fetch, endedAt(fetch, 'GET', ONE_ANNOTATION)));
      expect(first.code).toBe(130);
      const again = await cert.run(line, nurse(fetch));
      expect({ code: again.code, made: (await made()).length }).toEqual({ code: 0, made: 1 });
    },
  );

  it.each(['get c-nurse-2023 --yes --timeout 1s --json', 'annotate c-nurse-2023 --yes --wait --timeout 1s --json'])(
    'costs no second slot when %s ends with 8 and runs again',
    async (line) => {
      const cert = installation();
      const fetch = stale();
      await sandbox.control('POST', '/settings', { generateAfterMs: 30_000 });
      expect((await cert.run(line, nurse(fetch))).code).toBe(8);
      expect((await cert.run(line.replace('1s', '1h'), nurse(fetch))).code).toBe(0);
      expect(await made()).toHaveLength(1);
    },
  );

  it.each(['get c-nurse-2023 --yes --json', 'annotate c-nurse-2023 --yes --json'])(
    'costs no second slot when %s runs twice at once',
    async (line) => {
      const cert = installation();
      const fetch = stale();
      const both = await Promise.all([1, 2].map(() => cert.run(line, nurse(fetch))));
      expect({ codes: both.map(({ code }) => code), made: (await made()).length }).toEqual({ codes: [0, 0], made: 1 });
    },
  );

  it.each(['lost', 'kept, and replaced by force'])(
    'costs no second slot when the file of a delivered copy is %s',
    async (kind) => {
      const cert = installation();
      const fetch = stale();
      expect((await cert.run('get c-nurse-2023 --yes --json', nurse(fetch))).code).toBe(0);
      if (kind === 'lost') for (const name of pdfs(cert)) rmSync(join(cert.folder, name));
      const again = await cert.run('get c-nurse-2023 --yes --force --json', nurse(fetch));
      expect(again.code).toBe(0);
      expect(await made()).toHaveLength(1);
      expect(pdfs(cert)).toHaveLength(1);
    },
  );

  it('costs no second slot for a copy that was applied for elsewhere and saved here', async () => {
    // The references of two test machines are the same.
    await sandbox.control('POST', '/settings', { features: { idempotentSubmit: false } });
    const cert = installation();
    const elsewhere = installation();
    const fetch = stale();
    for (const line of ['list', 'history c-nurse-2023']) await cert.run(line, nurse(fetch));
    expect((await elsewhere.run('annotate c-nurse-2023 --yes --wait', nurse(globalFetch))).code).toBe(0);
    expect((await cert.run('get c-nurse-2023 --json', nurse(globalFetch))).code).toBe(0);
    for (const name of pdfs(cert)) rmSync(join(cert.folder, name));
    const again = await cert.run('get c-nurse-2023 --yes --json', nurse(fetch));
    expect({ code: again.code, made: (await made()).length }).toEqual({ code: 0, made: 1 });
  });

  it('asks nobody for a slot that is not to be spent', async () => {
    const cert = installation();
    const fetch = stale();
    const ended = endedAt(fetch, 'GET', ONE_ANNOTATION);
    await cert.run('get c-nurse-2023 --yes --json', nurse(fetch, ended));
    const dryRun = await cert.run('get c-nurse-2023 --dry-run --json', nurse(fetch));
    expect(dryRun.json.data.plan).toMatchObject([{ step: 'join', quota: { remaining: 2 } }]);
    expect((await cert.run('get c-nurse-2023 --json', nurse(fetch))).code).toBe(0);
    const another = await cert.run('annotate c-nurse-2023 --dry-run --json', nurse(fetch));
    expect(another.json.data.plan).toMatchObject([{ quota: { used: 1, remaining: 2 } }]);
    expect(await made()).toHaveLength(1);
  });

  it('is not believed by wait, download, history and info', async () => {
    const cert = installation();
    const fetch = stale();
    await sandbox.control('POST', '/settings', { generateAfterMs: 30_000 });
    expect((await cert.run('annotate c-nurse-2023 --yes --json', nurse(fetch))).code).toBe(0);
    const [annotation] = await made();
    const quota = { used: 1, remaining: 2, nextSlotOn: '2027-02-22' };
    const history = await cert.run('history c-nurse-2023 --json', nurse(fetch));
    expect(history.json.data).toMatchObject({ annotations: [{ id: annotation?.id, status: 'generating' }], quota });
    const info = await cert.run('info c-nurse-2023 --json', nurse(fetch));
    expect(info.json.data.certificate).toMatchObject({ annotation: { id: annotation?.id }, quota });
    const list = await cert.run('list --json', nurse(fetch));
    expect(list.json.data.certificates[1]).toMatchObject({ annotation: { id: annotation?.id }, quota });
    const download = await cert.run('download c-nurse-2023 --json', nurse(fetch));
    expect(download.json.error.code).toBe('ANNOTATION_GENERATING');
    expect(outcomes((await cert.run('wait --json', nurse(fetch))).json)).toEqual(['ready']);
    expect(outcomes((await cert.run('download c-nurse-2023 --json', nurse(fetch))).json)).toEqual(['saved']);
  });

  it('shows an older page to renew, which spends one slot', async () => {
    const cert = installation();
    expect((await cert.run('get c-nurse-2023 --yes --days 5', nurse(globalFetch))).code).toBe(0);
    const fetch = stale();
    const first = await cert.run('renew --json', nurse(fetch, endedAt(fetch, 'GET', ONE_ANNOTATION)));
    expect(first.code).toBe(130);
    expect(outcomes((await cert.run('renew --json', nurse(fetch))).json)).toEqual(['saved']);
    expect(outcomes((await cert.run('renew --json', nurse(fetch))).json)).toEqual(['up-to-date']);
    expect(await made()).toHaveLength(2);
  });

  it('shows an older page to renew, which got no answer and goes on with what it had sent in the same second', async () => {
    await sandbox.control('POST', '/settings', { generateAfterMs: 0 });
    const cert = installation();
    expect((await cert.run('get c-nurse-2023 --yes --days 5', nurse(globalFetch))).code).toBe(0);
    const fetch = stale();
    const ended = new AbortController();
    const unanswered: Fetch = async (request) => {
      if (request.method !== 'POST' || !request.url.endsWith('/annotations')) return fetch(request);
      await globalFetch(request);
      ended.abort(new CertError('INTERRUPTED', {}));
      throw new Error('lost');
    };
    expect((await cert.run('renew --jitter 0s --json', nurse(unanswered, { signal: ended.signal }))).code).toBe(130);
    expect(await made()).toHaveLength(2);
    expect(outcomes((await cert.run('renew --jitter 0s --json', nurse(fetch))).json)).toEqual(['saved']);
    expect(await made()).toHaveLength(2);
  });

  it('gives no reserved slot away', async () => {
    const cert = installation();
    const fetch = stale();
    for (const days of [5, 6]) await cert.run(`annotate c-nurse-2023 --yes --days ${days} --json`, nurse(fetch));
    const { code, json } = await cert.run('get c-nurse-2023 --yes --min-days 30 --reserve 1 --json', nurse(fetch));
    expect({ code, error: json.error.code }).toEqual({ code: 5, error: 'QUOTA_EXHAUSTED' });
    expect(await made()).toHaveLength(2);
  });

  it.each([
    [true, 0, 1],
    [false, 9, 1],
  ])(
    'and an application that nobody answered, idempotent %s: the next run ends with %i',
    async (idempotentSubmit, code, count) => {
      await sandbox.control('POST', '/settings', { features: { idempotentSubmit } });
      const cert = installation();
      const fetch = stale();
      const lost: Fetch = async (request) => {
        if (request.method !== 'POST' || !request.url.endsWith('/annotations')) return fetch(request);
        await globalFetch(request);
        throw new Error('lost');
      };
      await cert.run('get c-nurse-2023 --yes --json', nurse(lost));
      const again = await cert.run('get c-nurse-2023 --yes --json', nurse(fetch));
      const isSeen = lists.length < 2;
      expect({ code: again.code, made: (await made()).length }).toEqual({ code: isSeen ? 0 : code, made: count });
    },
  );
});

it('is shown as it is, with a warning, while the portal does not tell more', async () => {
  const cert = installation();
  const fetch = withStaleLists(globalFetch, 'certificates', 'annotations');
  expect((await cert.run('annotate c-nurse-2023 --yes --json', nurse(fetch))).code).toBe(0);
  await sandbox.control('POST', '/faults', { route: 'annotation', kind: 'status', times: 50 });
  const { code, json } = await cert.run('list --json', nurse(fetch));
  expect({ code, warnings: json.warnings.length, shown: json.data.certificates.length }).toEqual({
    code: 0,
    warnings: 1,
    shown: 2,
  });
});

it('several that wait are asked for one by one before a wait is given up', async () => {
  await sandbox.control('POST', '/settings', { generateAfterMs: 30_000 });
  const cert = installation();
  const many = (fetch: Fetch) => ({ env: as('demo_many'), clock: sandbox.clock, fetch });
  const line = 'annotate c-many-0001 c-many-0002 --yes --json';
  expect((await cert.run(line, many(globalFetch))).code).toBe(0);
  const { code, json } = await cert.run(
    'wait c-many-0001 c-many-0002 --timeout 60s --json',
    many(withStaleLists(globalFetch, 'certificates')),
  );
  expect({ code, outcomes: outcomes(json) }).toEqual({ code: 0, outcomes: ['ready', 'ready'] });
});
