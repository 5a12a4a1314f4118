import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { documentOf, OUTPUT } from '../../../src/commands/output.ts';
import type { Fetch } from '../../../src/ports/http.ts';
import { as, globalFetch, installation } from '../../support/cert.ts';
import { document } from '../../support/hand-made-pdf.ts';
import { useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox();
const rare = (fetch: Fetch = globalFetch) => ({ env: as('demo_rare'), clock: sandbox.clock, fetch });
const FILE = /\/certificates\/c-rare-2018\/file$/;

/** A portal that sends the file of another certificate. */
const mistaken: Fetch = (request) =>
  globalFetch({ ...request, url: request.url.replace(FILE, '/certificates/c-rare-2020/file') });

/** A portal whose files are pictures of a page. */
const scanned: Fetch = async (request) =>
  FILE.test(request.url)
    ? {
        status: 200,
        headers: { 'content-type': 'application/pdf' },
        body: (async function* () {
          yield document({ 1: '<< /Type /Catalog >>', 2: '<< >>' });
        })(),
      }
    : globalFetch(request);

describe('a file that nothing but its page ties to its certificate', () => {
  it.each(['download c-rare-2018', 'get c-rare-2018 --yes'])('is told of when it is another one: %s', async (line) => {
    const { code, json } = await installation().run(`${line} --json --lang en`, rare(mistaken));
    expect(code).toBe(0);
    expect(json.data.results).toMatchObject([{ outcome: 'saved', file: { page: 'contradicts' } }]);
    expect(json.warnings).toEqual([expect.stringContaining('Certificate number')]);
    v.parse(documentOf(OUTPUT.download), json);
    const told = await installation().run(`${line} --quiet --lang zh-CN`, rare(mistaken));
    expect(told.err).toContain('证书编号');
  });

  it('is told of when it is the right one', async () => {
    const { json } = await installation().run('download c-rare-2018 --json', rare());
    expect(json.data.results).toMatchObject([{ outcome: 'saved', file: { page: 'agrees' } }]);
    expect(json.warnings).toEqual([]);
    const told = await installation().run('download c-rare-2018 --lang en', rare());
    expect(told.err).toContain('Certificate number');
  });

  it('is not talked about when it cannot be read', async () => {
    const { code, json } = await installation().run('download c-rare-2018 --json', rare(scanned));
    expect({ code, warnings: json.warnings }).toEqual({ code: 0, warnings: [] });
    expect(json.data.results[0].file).not.toHaveProperty('page');
  });

  it('is not looked at where its annotation ties it', async () => {
    const mixed = { env: as('demo_mixed'), clock: sandbox.clock };
    const { json } = await installation().run('download c-mixed-ready --json', mixed);
    expect(json.data.results[0]).toMatchObject({ outcome: 'saved' });
    expect(json.data.results[0].file).not.toHaveProperty('page');
  });
});
