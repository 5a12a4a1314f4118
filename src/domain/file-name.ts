import { INVISIBLE } from './invisible.ts';

/** What a file name may say. Nothing of it is personal: no name, no document number. */
export interface FileNameParts {
  readonly qualification: string;
  readonly specialty?: string | undefined;
  /** The last day on which the annotated copy may be used, `YYYY-MM-DD`. */
  readonly validUntil?: string | undefined;
  readonly certificateId: string;
}

const EXTENSION = '.pdf';
/** With a folder of ordinary depth this stays below every system's limit, the 260 characters of Windows included. */
const MAX_BYTES = 120;
const MAX_ID_BYTES = 40;
const MAX_DATE_BYTES = 10;

/** Characters that Windows forbids in a name. */
const FORBIDDEN = /[<>:"/\\|?*]/gu;
const UNSEEN = new RegExp(`[${INVISIBLE}]`, 'gu');
/** Device names of Windows: reserved with any extension, whatever their case. */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/iu;

const MAX_SUSPECT_BYTES = 200;

const bytes = (text: string) => new TextEncoder().encode(text).length;

const legal = (text: string) =>
  text.normalize('NFC').replace(UNSEEN, '').replace(FORBIDDEN, '-').replace(/\s+/gu, ' ').trim();

function clip(text: string, maxBytes: number): string {
  // A character has one byte at least.
  const characters = [...text].slice(0, maxBytes);
  while (bytes(characters.join('')) > maxBytes) characters.pop();
  return characters.join('');
}

/**
 * A PDF's file name from qualification and validity: `执业护士_至2027-02-22.pdf`. Legal on Windows, macOS and Linux, at
 * most 120 bytes in UTF-8, never hidden and never like an option. `unique` adds the certificate's id (its first 40
 * bytes), for a holder with two certificates of the same name.
 */
export function fileName(
  { qualification, specialty = '', validUntil = '', certificateId }: FileNameParts,
  { unique }: { unique: boolean },
): string {
  const until = clip(legal(validUntil), MAX_DATE_BYTES);
  const suffix = [until && `_至${until}`, unique ? `_${clip(legal(certificateId), MAX_ID_BYTES)}` : ''].join('');
  const subject = [qualification, specialty]
    .map(legal)
    .filter(Boolean)
    .join('_')
    .replace(/^[.\s-]+/u, '');
  const stem = clip(subject, MAX_BYTES - bytes(suffix + EXTENSION) - 1).trimEnd() || '证书';
  const name = `${stem}${suffix}`;
  const device = name.split('.', 1)[0]?.trim() ?? '';
  return `${RESERVED.test(device) ? '_' : ''}${name}${EXTENSION}`;
}

/**
 * The name under which a file is kept that was not verified: beside `name`, but none that a reader opens as a PDF. The
 * same contents have the same name.
 * @param sha256 lower-case hex
 */
export const suspectName = (name: string, sha256: string): string =>
  `${clip(name, MAX_SUSPECT_BYTES)}.NOT-VERIFIED-${sha256.slice(0, 8)}`;
