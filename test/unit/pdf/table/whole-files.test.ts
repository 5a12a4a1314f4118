/** Files that are whole, but end, or were written, otherwise than when they were signed; and what is no PDF at all. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyPdf } from '../../../../src/pdf/verify-pdf.ts';
import { archive } from '../../../support/archive.ts';
import { withRevision, writtenAnew } from '../../../support/hand-made-pdf.ts';
import { file, TRUSTED } from '../../../support/pdf-attacks.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { requireTool } from '../../../support/tools.ts';

const OPTIONS = { trustAnchors: TRUSTED, now: new Date('2026-11-24T12:00:00+08:00') };
const good = file({ pdf: { information: '/CertValidUntil (2027-01-01)' } });
const followed = (by: string) => Buffer.concat([good, Buffer.from(by, 'latin1')]);

describe('only white space behind the last %%EOF', () => {
  it.each(['\n', '\r', '\r\n', ' ', '\t', '\0', '\r\n\t \0'.repeat(5_000)])('%j: valid', async (space) => {
    const { verdict, layers, coverage } = await verifyPdf(followed(space), OPTIONS);
    expect({ verdict, code: layers.revisions.code }).toEqual({ verdict: 'valid', code: 'WHITE_SPACE_ADDED' });
    expect({ annotation: layers.annotation.code, ...coverage }).toMatchObject({
      annotation: 'IN_FORCE',
      addedBytes: space.length,
    });
  });

  it.each(['.', '\f', '\x0b', '\x85', '\xa0', '%', '\n\n.', '.\n', '%%EOF', '\n%%EOF\n', '\0'.repeat(9_000) + 1])(
    'and one more byte: invalid (%#)',
    async (more) => {
      expect(await verifyPdf(followed(more), OPTIONS)).toMatchObject({
        verdict: 'invalid',
        layers: { revisions: { code: 'ADDED_AFTER_SIGNING' }, annotation: { code: 'NOT_CHECKED' } },
      });
    },
  );

  it('and every other byte: invalid', async () => {
    for (let byte = 0; byte < 256; byte += 1) {
      if ('\0\t\n\r '.includes(String.fromCharCode(byte))) continue;
      const { verdict } = await verifyPdf(Buffer.concat([good, Buffer.from([0x0a, byte])]), OPTIONS);
      expect({ byte, verdict }).toEqual({ byte, verdict: 'invalid' });
    }
  });

  it('behind what was changed: invalid', async () => {
    const changed = followed('\n').toString('latin1').replace('2027-01-01', '2099-01-01');
    expect((await verifyPdf(Buffer.from(changed, 'latin1'), OPTIONS)).verdict).toBe('invalid');
  });

  it('without anybody to trust: unknown', async () => {
    expect((await verifyPdf(followed('\n'), { ...OPTIONS, trustAnchors: [] })).verdict).toBe('unknown');
  });
});

describe('a program wrote the file anew after signing', () => {
  const codeOf = async (pdf: Buffer) => {
    const { verdict, layers } = await verifyPdf(pdf, OPTIONS);
    return `${verdict} ${layers.structure.code}`;
  };

  it('by hand: invalid, and said so', async () => {
    expect(await codeOf(writtenAnew(good))).toBe('invalid REWRITTEN');
  });

  it('with another page: invalid all the same', async () => {
    const repainted = writtenAnew(good, (objects) => {
      objects[6] = '<< /Length 24 >>\nstream\n1 0 0 rg 10 10 99 99 re f\nendstream';
    });
    expect(await codeOf(repainted)).toBe('invalid REWRITTEN');
  });

  it.each([
    ['cut off', good.subarray(0, -200), 'BYTE_RANGE_BEYOND_END'],
    ['written anew, then cut off', writtenAnew(good).subarray(0, -200), 'BYTE_RANGE_BEYOND_END'],
    ['an appended copy of the signature', withRevision(good, { 5: '<< /V null >>' }), 'BYTE_RANGE_INVALID'],
    ['a web page in front', Buffer.concat([Buffer.from('<!doctype html>\n'), good]), 'BYTES_BEFORE_HEADER'],
  ])('%s: other words', async (_name, pdf, code) => {
    expect(await codeOf(pdf)).toBe(`invalid ${code}`);
  });

  const COMMAND = { qpdf: ['--warning-exit-0'], mutool: ['clean'] } as const;
  const tools = {
    qpdf: [[], ['--linearize'], ['--object-streams=generate'], ['--linearize', '--object-streams=generate'], ['--qdf']],
    mutool: [[], ['-g'], ['-gggg', '-z'], ['-s'], ['-a']],
  } as const;
  const throughProgram = async (program: string, args: readonly string[]) => {
    const [before, after] = ['signed.pdf', 'anew.pdf'].map((name) => join(temporaryFolder(), name));
    writeFileSync(before as string, good);
    execFileSync(program, [...args, before as string, after as string], { stdio: 'ignore' });
    return codeOf(readFileSync(after as string));
  };

  for (const tool of ['qpdf', 'mutool'] as const)
    it.skipIf(!requireTool(tool)).each(tools[tool].map((args) => [args]))(`by ${tool} %j: invalid`, async (args) => {
      expect(await throughProgram(tool, [...COMMAND[tool], ...args])).toBe('invalid REWRITTEN');
    });

  it.skipIf(!requireTool('pdftocairo'))('printed by a program: no signature is left', async () => {
    expect(await throughProgram('pdftocairo', ['-pdf'])).toBe('unknown NO_SIGNATURE');
  });
});

describe('OFD', () => {
  const codeOf = async (bytes: Buffer) => (await verifyPdf(bytes, OPTIONS)).layers.structure;

  it.each([
    ['as usual', archive(['OFD.xml', 'Doc_0/Document.xml'])],
    ['its list last', archive(['Doc_0/Document.xml', 'OFD.xml'])],
    ['with a comment', archive(['OFD.xml'], 'made by hand')],
  ])('%s: unknown', async (_name, bytes) => {
    expect(await codeOf(bytes)).toEqual({ result: 'unknown', code: 'OFD_FILE' });
  });

  it.each([
    ['another archive', archive(['word/document.xml'])],
    ['a file of that name in a folder', archive(['x/OFD.xml'])],
    ['cut off', archive(['OFD.xml']).subarray(0, -22)],
    [
      'a list that lies elsewhere',
      Buffer.concat([archive(['OFD.xml']).subarray(0, 37), Buffer.alloc(99, 'PK\x05\x06')]),
    ],
    ['the name alone', Buffer.from('PK\x03\x04 OFD.xml')],
  ])('%s: no PDF', async (_name, bytes) => {
    expect(await codeOf(bytes)).toEqual({ result: 'fail', code: 'NOT_A_PDF' });
  });
});
