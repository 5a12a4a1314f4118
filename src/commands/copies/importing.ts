/** Takes in one PDF that a person downloaded: verified, read, and remembered where it lies. */
import { createHash } from 'node:crypto';
import { shanghaiTime } from '../../domain/calendar.ts';
import { IMPORT_PORTAL, identityOf } from '../../domain/imported.ts';
import { MAX_PDF_BYTES } from '../../domain/pdf-size.ts';
import { isKept } from '../../domain/renewal.ts';
import { statedOnPage } from '../../domain/stated-on-page.ts';
import { refusalOf, type Verification } from '../../domain/verification.ts';
import { CertError, isCertError } from '../../errors.ts';
import type { WalletFile } from '../../ports/wallet.ts';
import type { Context } from '../context.ts';
import { shownPath } from '../shared/shown-path.ts';
import { type Examining, trustedAnchors } from './examining.ts';
import { type EndOptions, endOf } from './import-end.ts';

/** What importing takes. */
export type Importing = Examining & Pick<Context, 'files' | 'pageText' | 'prompts' | 'wallet'>;

export interface ImportResult {
  readonly path: string;
  readonly outcome: 'imported' | 'up-to-date' | 'failed';
  readonly qualification?: string | undefined;
  /** Null where nothing limits it. */
  readonly validUntil?: string | null | undefined;
  readonly verification?: Pick<Verification, 'verdict' | 'layers'> | undefined;
  readonly error?: CertError | undefined;
}

/** No PDF that is taken in is larger; of a larger one so much is read that it is found to be. */
const MOST_BYTES = MAX_PDF_BYTES + 1;

/** Never rejects with a failure that a person can understand: that is its result. */
export async function importFile(ctx: Importing, path: string, options: EndOptions): Promise<ImportResult> {
  try {
    return await take(ctx, path, options);
  } catch (error) {
    if (!isCertError(error)) throw error;
    return { path, outcome: 'failed', error };
  }
}

async function take(ctx: Importing, path: string, options: EndOptions): Promise<ImportResult> {
  const files = await ctx.files();
  const wallet = await ctx.wallet();
  const bytes = await files.load(path, MOST_BYTES);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const copies = await wallet.files((record) => record.sha256 === sha256);
  const known = copies.find(isKept);
  const verification = await (await ctx.verifier()).verify(bytes, {
    trustAnchors: await trustedAnchors(ctx),
    now: ctx.clock.now(),
    expected: expectedOf(known),
  });
  // Of what `cert` saved itself the portal has told the end.
  if (known !== undefined && (known.via !== 'import' || [undefined, known.validUntil].includes(options.given)))
    return { path, outcome: 'up-to-date', verification, ...factsOf(known) };
  const { code } = verification.layers.structure;
  // Nothing proves it changed, but it is no PDF either.
  const reason = code === 'OFD_FILE' ? code : refusalOf(verification.layers);
  if (reason !== undefined)
    return {
      path,
      outcome: 'failed',
      verification,
      error: new CertError('FILE_NOT_VERIFIED', { reason, path: shownPath(path) }),
    };
  const page = statedOnPage((await (await ctx.pageText()).read(bytes)) ?? '');
  const { qualification, holderName } = page;
  const validUntil = await endOf(ctx, path, page, verification, options);
  const record = {
    portal: IMPORT_PORTAL,
    certificateId: certificateId(identityOf(page, sha256)),
    qualification: qualification ?? '',
    annotationId: verification.annotation?.id ?? null,
    scenario: null,
    path: files.absolute(path),
    named: true,
    sha256,
    bytes: bytes.length,
    validUntil,
    savedAt: shanghaiTime(ctx.clock.now()),
    via: 'import' as const,
    holderName,
    verdict: verification.verdict,
  };
  await wallet.remember(
    record,
    copies.find(({ via }) => via === 'import'),
  );
  return { path, outcome: 'imported', verification, ...factsOf(record) };
}

const factsOf = ({ qualification, validUntil }: Pick<WalletFile, 'qualification' | 'validUntil'>) => ({
  ...(qualification === '' ? {} : { qualification }),
  validUntil,
});

/** What the portal has told of a file. The end of an imported one is the person's word, to which no file is held. */
const expectedOf = (known: WalletFile | undefined) =>
  known === undefined || known.via === 'import' ? undefined : { validUntil: known.validUntil ?? undefined };

const ID_DIGITS = 8;

const certificateId = (identity: string): string =>
  `import-${createHash('sha256').update(identity).digest('hex').slice(0, ID_DIGITS)}`;
