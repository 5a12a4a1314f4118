import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { activeContent } from '../../../src/pdf/active-content.ts';
import { document } from '../../support/hand-made-pdf.ts';

/** A page, a catalog with these entries, and further objects from the number 4 on. */
const pdf = (catalog: string, ...objects: string[]): Buffer =>
  document({
    1: `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
    ...Object.fromEntries(objects.map((text, index) => [4 + index, text])),
  });

const compressed = (text: string): string => {
  const data = `9 0 ${text}`;
  const stream = deflateSync(data).toString('latin1');
  return `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${stream.length} >>\nstream\n${stream}\nendstream`;
};

describe('what a PDF does by itself', () => {
  it.each<[string, string[], string, string[]]>([
    ['nothing', [], '', []],
    ['nothing: it opens at a page', [], '/OpenAction [3 0 R /Fit]', []],
    ['nothing: it goes to a page', [], '/OpenAction << /S /GoTo /D [3 0 R /Fit] >>', []],
    [
      'nothing: a link to the web',
      [],
      '',
      ['<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://a.test) >> >>'],
    ],
    ['nothing: a font of such a name', [], '', ['<< /Font << /AA << /Type /Font >> >> >>']],
    ['it opens an address', ['OpenAction'], '/OpenAction << /S /URI /URI (https://a.test) >>', []],
    ['it opens an address elsewhere in the file', ['OpenAction'], '/OpenAction 4 0 R', ['<< /S /URI /URI (a) >>']],
    ['it goes to a page and on', ['OpenAction'], '/OpenAction << /S /GoTo /D [3 0 R] /Next << /S /URI >> >>', []],
    ['it starts a program', ['Launch', 'OpenAction'], '/OpenAction << /S /Launch /F (calc.exe) >>', []],
    ['it starts a program, spelt otherwise', ['Launch'], '', ['<< /#53 /L#61unch >>']],
    ['it runs a script', ['JS', 'JavaScript'], '', ['[[<< /S /JavaScript /JS (run) >>]]']],
    ['it names scripts', ['JavaScript'], '/Names << /JavaScript << /Names [] >> >>', []],
    ['it sends a form', ['SubmitForm'], '', ['<< /S 5 0 R /F (https://a.test) >>', '/SubmitForm']],
    ['it opens another file', ['GoToR'], '', ['<< /A << /S /GoToR /F (b.pdf) >> >>']],
    ['a page does something', ['AA'], '', ['<< /Type /Page /AA << /O << /S /URI >> >> >>']],
    ['it holds files', ['EmbeddedFiles'], '/Names << /EmbeddedFiles << /Names [] >> >>', []],
    ['it is attached to', ['EF'], '', ['<< /Type /Filespec /EF << /F 5 0 R >> >>']],
    ['it has a form of another kind', ['XFA'], '/AcroForm << /XFA [] >>', []],
  ])('%s: %j', async (_, kinds, catalog, objects) => {
    expect(await activeContent(pdf(catalog, ...objects))).toEqual(kinds);
  });

  it('is found in compressed objects, and where the index is lost', async () => {
    const lost = pdf('', compressed('<< /S /Launch >>'))
      .toString('latin1')
      .replace(/startxref\s+\d+/, 'startxref\n9');
    expect(await activeContent(Buffer.from(lost, 'latin1'))).toEqual(['Launch']);
  });

  it.each([
    ['no PDF', Buffer.from('<html>')],
    [
      'one encrypted in no way that is known',
      Buffer.from(pdf('').toString('latin1').replace('/Root', '/Encrypt 3 0 R /Root'), 'latin1'),
    ],
    ['one whose keys stand twice', pdf('/OpenAction [3 0 R] /OpenAction << /S /URI >>')],
    ['one that is too large', Buffer.alloc(50 * 1_024 * 1_024 + 1)],
  ])('is not known of %s', async (_, bytes) => {
    expect(await activeContent(bytes)).toBeUndefined();
  });
});
