/** A portal that means harm, or is broken: nothing steers the terminal, nothing is believed that breaks the contract. */
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/errors.ts';
import type { Fetch } from '../../src/ports/http.ts';
import { as, installation } from '../support/cert.ts';
import { expectFailure, LIST, replacing, STEERING } from '../support/hostile.ts';
import { useSandbox } from '../support/sandbox.ts';

const sandbox = useSandbox();

const nurse = (fetch: Fetch) => ({ clock: sandbox.clock, env: as('demo_nurse'), fetch });

const HARM = [
  '\u001b]0;owned\u0007',
  '\u001b[2J\u001b[H',
  '\u009b31m',
  '\u202egnp.exe',
  'a\r\n✓ valid',
  '\u2028b',
  '\ufeff\u200fc',
  '\u001b]8;;http://evil.test\u0007x\u001b]8;;\u0007',
  'a\u200b\u200d\u2060b',
  '\u{e0001}\u{e0041}\u{e007f}',
  'a\ufe0f\u{e0101}',
  '\udc00\ud800',
  'a\u3164b',
];

describe('what a portal writes', () => {
  it.each(HARM)('does not steer the terminal: %j', async (harm) => {
    const fetch = replacing(LIST, (text) => {
      const page = JSON.parse(text);
      for (const item of page.items)
        for (const field of [
          'qualification',
          'specialty',
          'issuer',
          'holderName',
          'certificateNumber',
          'kind',
          'status',
        ])
          item[field] = `${harm}${item[field] ?? ''}${harm}`;
      return JSON.stringify(page);
    });
    for (const line of [
      'list',
      'list --show-pii',
      'info',
      'get c-nurse-2023 --dry-run',
      'annotate c-nurse-2023 --dry-run',
    ]) {
      for (const form of [line, `${line} --json`, `${line} --debug`]) {
        const { out, err } = await installation().run(form, nurse(fetch));
        expect(out + err).not.toMatch(STEERING);
        expect(out.split('\n').filter((row) => row.startsWith('✓'))).toEqual([]);
      }
    }
    const cert = installation();
    const { code, json } = await cert.run('download c-nurse-2019 --json', nurse(fetch));
    expect(code).toBe(0);
    expect(json.data.results[0].file.path).not.toMatch(STEERING);
    expect(json.warnings.join()).not.toMatch(STEERING);
  });

  it.each(HARM)('does not steer a calendar: %j', async (harm) => {
    const cert = installation();
    const fetch = replacing(LIST, (text) => {
      const page = JSON.parse(text);
      for (const item of page.items) item.qualification = `${harm}护士${harm}`;
      return JSON.stringify(page);
    });
    const run = (line: string) => cert.run(line, { clock: sandbox.clock, env: as('demo_mixed'), fetch });
    expect((await run('get c-mixed-ready')).code).toBe(0);
    const { out, code } = await run('remind --ics -');
    expect({ code, events: out.match(/BEGIN:VEVENT/g)?.length }).toEqual({ code: 0, events: 1 });
    expect(out.replaceAll('\r\n', '\n')).not.toMatch(STEERING);
  });

  it.each(HARM)('does not steer where it tells about itself: %j', async (harm) => {
    const fetch = replacing('/api/v1/meta', (text) =>
      JSON.stringify({ ...JSON.parse(text), name: harm, helplines: [harm, `${harm}1`] }),
    );
    const { code, out } = await installation().run('list', { clock: sandbox.clock, env: as('demo_empty'), fetch });
    expect(code).toBe(0);
    expect(out).not.toMatch(STEERING);
  });

  it.each(HARM)('does not steer it in a refusal either: %j', async (harm) => {
    const fetch: Fetch = async () => ({
      status: 422,
      headers: { 'content-type': 'application/problem+json', 'x-request-id': harm },
      body: (async function* () {
        yield Buffer.from(
          JSON.stringify({
            code: 'VALIDATION_FAILED',
            detail: harm,
            requestId: harm,
            title: harm,
            fields: [{ field: harm, message: harm }],
          }),
        );
      })(),
    });
    await expectFailure(installation(), ['list'], 'PORTAL_REFUSED', nurse(fetch));
  });

  it.each([
    '../../../etc/passwd',
    '/etc/passwd',
    'CON',
    'a/b\\c:d*e?f"g<h>i|j',
    '.hidden',
    '-rf',
    ' ',
    '\u0000',
    '审'.repeat(400),
  ])('names no file outside of the folder: %.40j', async (qualification) => {
    const cert = installation();
    const fetch = replacing(LIST, (text) => {
      const page = JSON.parse(text);
      page.items[0].qualification = qualification;
      return JSON.stringify(page);
    });
    const { code, json } = await cert.run('download c-nurse-2019 --json', nurse(fetch));
    expect(code).toBe(0);
    const { path } = json.data.results[0].file;
    expect(path.slice(0, cert.folder.length + 1)).toBe(`${cert.folder}/`);
    expect(path.slice(cert.folder.length + 1)).toMatch(/^[^/.-][^/]*\.pdf$/);
  });
});

describe('an answer that breaks the contract', () => {
  const item = (change: object) => (text: string) => {
    const page = JSON.parse(text);
    Object.assign(page.items[0], change);
    return JSON.stringify(page);
  };
  it.each<[string, (text: string) => string, ErrorCode]>([
    ['an id that is a path', item({ id: '../x' }), 'PORTAL_PROTOCOL'],
    ['an id with a line break', item({ id: 'a\nb' }), 'PORTAL_PROTOCOL'],
    ['an id that is a number', item({ id: 7 }), 'PORTAL_PROTOCOL'],
    ['a day that is none', item({ issuedOn: '2026-13-45' }), 'PORTAL_PROTOCOL'],
    ['a day that no month has', item({ issuedOn: '2026-02-31' }), 'PORTAL_PROTOCOL'],
    ['a day after the end of time', item({ issuedOn: '10000-01-01' }), 'PORTAL_PROTOCOL'],
    ['a status that is a number', item({ status: 1 }), 'PORTAL_PROTOCOL'],
    ['a number that is a number', item({ managementNumber: 7 }), 'PORTAL_PROTOCOL'],
    ['no id', item({ id: undefined }), 'PORTAL_PROTOCOL'],
    ['no qualification', item({ qualification: null }), 'PORTAL_PROTOCOL'],
    ['an item that is none', () => '{"items":[null],"nextCursor":null}', 'PORTAL_PROTOCOL'],
    ['an item that is a list', () => '{"items":[[]],"nextCursor":null}', 'PORTAL_PROTOCOL'],
    [
      'a window of ages',
      item({ quota: { limit: 3, windowDays: Number.MAX_SAFE_INTEGER, used: 0, remaining: 3, nextSlotOn: null } }),
      'PORTAL_PROTOCOL',
    ],
    [
      'slots below nothing',
      item({ quota: { limit: 3, windowDays: 90, used: 4, remaining: -1, nextSlotOn: null } }),
      'PORTAL_PROTOCOL',
    ],
    ['a name without end', item({ holderName: 'x'.repeat(100_000) }), 'PORTAL_PROTOCOL'],
    ['a missing field', item({ holderName: undefined }), 'PORTAL_PROTOCOL'],
    ['no items', () => '{}', 'PORTAL_PROTOCOL'],
    ['a list', () => '[]', 'PORTAL_PROTOCOL'],
    ['null', () => 'null', 'PORTAL_PROTOCOL'],
    ['nothing', () => '', 'PORTAL_PROTOCOL'],
    ['a number', () => '1e999', 'PORTAL_PROTOCOL'],
    ['half of it', (text) => text.slice(0, text.length / 2), 'PORTAL_PROTOCOL'],
    ['depth without end', () => '['.repeat(1_000_000), 'PORTAL_PROTOCOL'],
    [
      'a page that is its own next',
      (text) => text.replace('"nextCursor":null', '"nextCursor":"c-nurse-2019"'),
      'PORTAL_PROTOCOL',
    ],
    ['more than there may be', () => `{"items":[${'1,'.repeat(5_000_000)}1]}`, 'PORTAL_PROTOCOL'],
    ['a page of HTML', () => '<!doctype html><title>login</title>', 'PORTAL_PROTOCOL'],
    ['the 30th of February', item({ issuedOn: '2024-02-30' }), 'PORTAL_PROTOCOL'],
    ['a year of five digits', item({ issuedOn: '10000-01-01' }), 'PORTAL_PROTOCOL'],
    ['a refusal', () => '{"code":"SESSION_EXPIRED","status":401}', 'PORTAL_PROTOCOL'],
    ['bytes that are no text', () => '\u0000\u0001\u0002', 'PORTAL_PROTOCOL'],
  ])('%s', async (_, change, error) => {
    await expectFailure(installation(), ['list'], error, nurse(replacing(LIST, change)));
  });

  it.each<[string, Record<string, string>]>([
    ['a page of the network', { 'content-type': 'text/html' }],
    ['a type with an escape', { 'content-type': 'text/\u001b[2J' }],
    ['no type', { 'content-type': '' }],
    ['a type of another encoding', { 'content-type': 'application/json; charset=gb2312' }],
    ['an encoding that repeats a secret', { 'content-type': 'application/json; charset=Sandbox2026' }],
    ['what is compressed', { 'content-encoding': 'gzip' }],
    ['what is encoded as nobody knows', { 'content-encoding': 'Sandbox2026' }],
    ['a problem', { 'content-type': 'application/problem+json' }],
  ])('%s in place of JSON', async (_, headers) => {
    await expectFailure(installation(), ['list'], 'PORTAL_PROTOCOL', nurse(replacing(LIST, (text) => text, headers)));
  });

  it('takes members that JSON objects have by nature for nothing special', async () => {
    const fetch = replacing(LIST, (text) =>
      text.replace('"items":', '"__proto__":{"polluted":1},"constructor":{},"items":'),
    );
    expect((await installation().run('list --json', nurse(fetch))).code).toBe(0);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

it('is not asked for hours where each of many certificates takes seconds', async () => {
  const used = replacing(LIST, (text) => text.replaceAll('"used":0,"remaining":3', '"used":2,"remaining":1'));
  let histories = 0;
  const slow: Fetch = async (request) => {
    if (request.url.endsWith('/annotations')) {
      histories += 1;
      await sandbox.clock.sleep(7_000);
    }
    return used(request);
  };
  const options = { clock: sandbox.clock, env: as('demo_many'), fetch: slow };
  const { code, json } = await installation().run('get --all --dry-run --json', options);
  expect({ code, error: json.error.code }).toEqual({ code: 10, error: 'TIMED_OUT' });
  expect(histories).toBeGreaterThan(1);
  expect(histories).toBeLessThan(25);
});
