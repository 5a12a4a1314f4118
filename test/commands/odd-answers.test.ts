/** What a portal leaves out, or says in words of its own: it is shown as it is, hides nothing else, and costs no slot. */
import { describe, expect, it } from 'vitest';
import { as, installation } from '../support/cert.ts';
import { expectFailure, LIST, replacing } from '../support/hostile.ts';
import { useSandbox } from '../support/sandbox.ts';

const sandbox = useSandbox();

type Item = Record<string, unknown> & { readonly id: string };

const run = (line: string, user: string, fetch: ReturnType<typeof replacing>, cert = installation()) =>
  cert.run(line, { clock: sandbox.clock, env: as(user), fetch });

/** The sandbox, with one certificate of the list changed. */
const changing = (id: string, change: object) =>
  replacing(LIST, (text) => {
    const page = JSON.parse(text);
    page.items = page.items.map((item: Item) => (item.id === id ? { ...item, ...change } : item));
    return JSON.stringify(page);
  });

const annotation = (more: object) => ({
  id: 'a-odd',
  certificateId: 'c-nurse-2023',
  scenario: 'self',
  validDays: 90,
  status: 'ready',
  requestedAt: '2026-11-20T10:00:00+08:00',
  validUntil: '2027-02-18',
  ...more,
});

describe('a list with one odd certificate', () => {
  it.each<[string, object]>([
    ['without its management number', { managementNumber: undefined }],
    ['without any number', { managementNumber: null, certificateNumber: null, enquiryNumber: null }],
    ['with an enquiry number that is null', { enquiryNumber: null }],
    ['with a specialty that is null', { specialty: null, level: null }],
    ['without its day of approval', { approvedOn: undefined }],
    ['with a day of approval that is null', { approvedOn: null }],
    ['with an annotation without dates', { annotation: annotation({ validUntil: null, readyAt: null }) }],
    ['with an annotation that says null', { annotation: annotation({ clientReference: null, failure: null }) }],
    ['with an annotation of another client', { annotation: annotation({ clientReference: '网页 #1' }) }],
    ['with an annotation of an unknown scenario', { annotation: annotation({ scenario: 'constructor' }) }],
    [
      'with slots that free on no day',
      { quota: { limit: 3, windowDays: 90, used: 1, remaining: 2, nextSlotOn: null } },
    ],
    ['with slots that say no day', { quota: { limit: 0, windowDays: 90, used: 0, remaining: 0 } }],
    ['with slots beyond measure', { quota: { limit: 100_000, windowDays: 36_525, used: 0, remaining: 100_000 } }],
    ['until the end of time', { annotation: annotation({ validDays: 36_525, validUntil: '9999-12-31' }) }],
  ])('%s shows them all', async (_, change) => {
    const fetch = changing('c-nurse-2023', change);
    for (const line of ['list', 'history c-nurse-2023', 'get c-nurse-2023 --dry-run', 'annotate --all --dry-run'])
      expect((await run(line, 'demo_nurse', fetch)).err).not.toContain('bug');
    const { code, json } = await run('list --json', 'demo_nurse', fetch);
    expect({ code, warnings: json.warnings }).toEqual({ code: 0, warnings: [] });
    expect(json.data.certificates.map(({ id }: Item) => id)).toEqual(['c-nurse-2019', 'c-nurse-2023']);
    for (const certificate of json.data.certificates) expect(Object.values(certificate)).not.toContain('undefined');
  });

  it('does not have what it was not given, whether left out or null', async () => {
    const [absent, isNull] = await Promise.all(
      [undefined, null].map(async (none) => {
        const fetch = changing('c-nurse-2023', { managementNumber: none, approvedOn: none });
        return (await run('list --json', 'demo_nurse', fetch)).json.data;
      }),
    );
    expect(absent).toEqual(isNull);
    expect(absent.certificates[1]).not.toHaveProperty('managementNumber');
  });

  it.each(['constructor', '__proto__', 'none', 'toString', 'suspended'])(
    'shows the word %s as the portal has it, and warns of it once',
    async (word) => {
      const odd = { kind: word, status: word, annotation: annotation({ status: word }) };
      const fetch = changing('c-nurse-2023', odd);
      const { code, json } = await run('list --json', 'demo_nurse', fetch);
      expect(code).toBe(0);
      expect(json.data.certificates[1]).toMatchObject({ ...odd, annotation: { status: word } });
      expect(json.warnings).toHaveLength(3);
      for (const warning of json.warnings) expect(warning).toContain(`“${word}”`);
      const text = await run('list', 'demo_nurse', fetch);
      expect(text.code).toBe(0);
      expect(text.out).toMatch(new RegExp(`^c-nurse-2023 .* ${word} +${word}`, 'm'));
      expect(text.err.match(/^! /gm)).toHaveLength(3);
    },
  );

  it.each(['en', 'zh-CN'])('warns of no more than twenty words (%s)', async (lang) => {
    const fetch = replacing(LIST, (text) => {
      const page = JSON.parse(text);
      page.items = page.items.map((item: Item, at: number) => ({ ...item, status: `s${at}` }));
      return JSON.stringify(page);
    });
    const { code, json } = await run(`list --json --lang ${lang}`, 'demo_many', fetch);
    expect({ code, warnings: json.warnings.length }).toEqual({ code: 0, warnings: 20 });
  });
});

describe('no slot is spent on a status that nobody knows', () => {
  const submissions = async () => (await sandbox.state()).received.submissions;

  it.each<[string, object]>([
    ['of the certificate', { status: 'suspended' }],
    ['of the annotation that there is', { annotation: annotation({ status: 'queued', validUntil: null }) }],
  ])('%s', async (_, change) => {
    const fetch = changing('c-nurse-2023', change);
    const options = { clock: sandbox.clock, env: as('demo_nurse'), fetch };
    for (const line of ['annotate c-nurse-2023 --yes', 'get c-nurse-2023 --yes', 'annotate c-nurse-2023 --dry-run'])
      await expectFailure(installation(), line.split(' '), 'STATUS_NOT_KNOWN', options);
    const all = await run('get --all --yes --json', 'demo_nurse', fetch);
    expect(all.json.data.results).toMatchObject([
      { certificateId: 'c-nurse-2019', outcome: 'saved' },
      { certificateId: 'c-nurse-2023', outcome: 'failed', error: { code: 'STATUS_NOT_KNOWN' } },
    ]);
    const plan = await run('get c-nurse-2023 --dry-run --json', 'demo_nurse', fetch);
    expect(plan.json.data.plan).toMatchObject([{ step: 'refuse', error: { code: 'STATUS_NOT_KNOWN' } }]);
    expect((await run('annotate --all --yes --json', 'demo_nurse', fetch)).json.data.results).toEqual([]);
    expect(await submissions()).toBe(0);
  });

  it('but is once such an annotation can no longer hold', async () => {
    const lapsed = annotation({ status: 'lapsed', requestedAt: '2026-08-01T00:00:00+08:00', validUntil: '2026-11-23' });
    const fetch = changing('c-nurse-2023', { annotation: lapsed });
    expect((await run('annotate c-nurse-2023 --yes', 'demo_nurse', fetch)).code).toBe(0);
    expect(await submissions()).toBe(1);
  });

  it('nor when only the list of annotations has it, as after an answer that was lost', async () => {
    const unknown = (text: string) => text.replaceAll('"status":"generating"', '"status":"queued"');
    const fetch = replacing('/api/v1/certificates/c-nurse-2023/annotations', unknown);
    await sandbox.control('POST', '/faults', { route: 'submitAnnotation', kind: 'drop-after' });
    const cert = installation();
    const first = await run('annotate c-nurse-2023 --yes --json', 'demo_nurse', fetch, cert);
    expect(first.code).toBe(0);
    const hidden = changing('c-nurse-2023', { annotation: null });
    const both: typeof fetch = (request) => (request.url.endsWith('/annotations') ? fetch : hidden)(request);
    const second = await run('get c-nurse-2023 --yes --json', 'demo_nurse', both, cert);
    expect({ code: second.code, error: second.json.error.code }).toEqual({ code: 6, error: 'STATUS_NOT_KNOWN' });
    expect(await submissions()).toBe(1);
  });
});

describe('what is there already', () => {
  it('is downloaded, whatever the status of the certificate', async () => {
    const fetch = changing('c-mixed-ready', { status: 'suspended' });
    const { code, json } = await run('get c-mixed-ready --json', 'demo_mixed', fetch);
    expect(code).toBe(0);
    expect(json.data.results).toMatchObject([{ outcome: 'saved' }]);
    expect(json.warnings.join()).toContain('suspended');
  });

  it('is waited for no longer than its status is known', async () => {
    const odd = changing('c-mixed-generating', {
      annotation: annotation({ certificateId: 'c-mixed-generating', status: 'queued' }),
    });
    const options = { clock: sandbox.clock, env: as('demo_mixed'), fetch: odd };
    await expectFailure(installation(), ['wait', 'c-mixed-generating'], 'STATUS_NOT_KNOWN', options);
  });

  it('is told in the words of the portal when its generation failed', async () => {
    const failed = annotation({ status: 'failed', failure: '照片不清晰' });
    const fetch = changing('c-nurse-2023', { annotation: failed });
    expect((await run('wait c-nurse-2023', 'demo_nurse', fetch)).err).toContain('照片不清晰');
  });
});

describe('a login', () => {
  it('of nobody in particular is one', async () => {
    const fetch = replacing('/api/v1/sessions', (text) => JSON.stringify({ ...JSON.parse(text), holder: null }));
    const { code, json } = await run('whoami --json', 'demo_nurse', fetch);
    expect(code).toBe(0);
    expect(json.data.profile).toMatchObject({ holder: null, username: { value: 'demo_nurse' } });
    const kept = installation();
    const input = { clock: sandbox.clock, stdin: 'Sandbox2026', fetch };
    expect((await kept.run('login --username demo_nurse --password-stdin', input)).code).toBe(0);
    expect((await kept.run('whoami --json', { clock: sandbox.clock })).json.data.profile.holder).toBeNull();
  });
});

describe('a third-party check', () => {
  it.each(['suspended', 'constructor'])('does not take %s for valid', async (status) => {
    const fetch = replacing('/api/v1/lookups', (text) => {
      const answer = JSON.parse(text);
      return JSON.stringify(answer.found ? { ...answer, status, enquiryNumber: null } : answer);
    });
    const challenge = async () => {
      const { challenges } = (await sandbox.control('GET', '/challenges')) as { challenges: { answer: string }[] };
      return challenges.at(-1)?.answer;
    };
    const line = ['lookup', '--name', '样张甲', '--number', 'GL2023083100002'];
    const options = { clock: sandbox.clock, fetch, answers: ['999999199001010016', challenge] };
    const { code, out, err } = await installation().run(line, options);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`${status}$`, 'm'));
    expect(err).toContain(`“${status}”`);
  });
});

describe('a failure', () => {
  it('comes with what was warned of before it', async () => {
    const fetch = changing('c-nurse-2023', { kind: 'scroll' });
    const { code, json } = await run('info none --json', 'demo_nurse', fetch);
    expect(code).toBe(3);
    expect(json.warnings).toHaveLength(1);
  });
});

describe('a portal that tells little of itself', () => {
  it('has no features and no helplines, and serves all the same', async () => {
    const fetch = replacing('/api/v1/meta', (text) => {
      const { helplines: _h, idTypes: _i, ...meta } = JSON.parse(text);
      return JSON.stringify({ ...meta, features: { teleport: true } });
    });
    expect((await run('list', 'demo_empty', fetch)).code).toBe(0);
    expect((await run('annotate c-nurse-2023 --yes', 'demo_nurse', fetch)).code).toBe(0);
  });
});
