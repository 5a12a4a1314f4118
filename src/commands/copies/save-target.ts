/** Where the PDF of a certificate is saved, and what is there already. */
import type { Certificate } from '../../contract/schemas.ts';
import { fileName } from '../../domain/file-name.ts';
import { portalIdentity } from '../../domain/portal-origin.ts';
import { isKept } from '../../domain/renewal.ts';
import type { SaveTarget } from '../../ports/files.ts';
import type { WalletFile } from '../../ports/wallet.ts';
import { usageError } from '../command.ts';
import type { Context } from '../context.ts';
import { fileValidUntil } from './ready-copy.ts';

const nameOf = ({ qualification, specialty, id }: Certificate, validUntil: string | undefined, unique: boolean) =>
  fileName({ qualification, specialty, validUntil, certificateId: id }, { unique });

/** Every day takes as much room in a name. */
const ANY_DAY = '0000-00-00';
const sharedNames = new WeakMap<readonly Certificate[], ReadonlySet<string>>();

/** The names, with any day, that several certificates of a list would have; found once for a list. */
function namesSharedIn(all: readonly Certificate[]): ReadonlySet<string> {
  const known = sharedNames.get(all);
  if (known !== undefined) return known;
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const certificate of all)
    for (const name of [nameOf(certificate, ANY_DAY, false), nameOf(certificate, undefined, false)]) {
      if (seen.has(name)) shared.add(name);
      seen.add(name);
    }
  sharedNames.set(all, shared);
  return shared;
}

/** The file's proposed name: unlike that of any other certificate of the holder, on whatever day that is annotated. */
function proposedName(certificate: Certificate, all: readonly Certificate[], validUntil: string | undefined): string {
  const onAnyDay = nameOf(certificate, validUntil && ANY_DAY, false);
  return nameOf(certificate, validUntil, namesSharedIn(all).has(onAnyDay));
}

/** Where the PDF of a certificate is to be saved. `validUntil` is the annotation's last day, also of one to come. */
export const saveTarget = async (
  ctx: Pick<Context, 'files'>,
  certificate: Certificate,
  all: readonly Certificate[],
  output: string | undefined,
  validUntil: string | undefined = fileValidUntil(certificate),
): Promise<SaveTarget> => (await ctx.files()).target(output, proposedName(certificate, all, validUntil));

/** Several certificates need a folder to be saved in. @throws CertError USAGE */
export async function requireFolder(
  ctx: Pick<Context, 'files'>,
  certificates: readonly Certificate[],
  output: string | undefined,
): Promise<void> {
  const [first, second] = certificates;
  if (first === undefined || second === undefined || output === undefined) return;
  if ((await saveTarget(ctx, first, certificates, output)).named) throw usageError('folderForSeveral', { output });
}

/** The copy of this certificate at a target that `cert` saved, if under another name, and nobody changed since. */
export async function ownCopy(
  ctx: Pick<Context, 'files' | 'portal' | 'wallet'>,
  { id }: Certificate,
  target: SaveTarget,
): Promise<WalletFile | undefined> {
  if (!(await (await ctx.files()).isThere(target))) return undefined;
  const { origin } = await ctx.portal();
  const identity = portalIdentity(origin);
  const known = await (await ctx.wallet()).files(
    ({ certificateId, portal }) => certificateId === id && portal === identity,
  );
  return known.find((file) => file.path === target.path && isKept(file));
}
