/** Files that `cert` saves. */
import type { ReasonCode, Verification } from '../domain/verification.ts';
import type { FileAnswer } from './holder-portal.ts';

export interface SaveTarget {
  /** Absolute. */
  readonly path: string;
  /** Whether the caller named this very file, not only the folder. */
  readonly named: boolean;
}

export interface SavedFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly outcome: 'saved' | 'up-to-date';
  /** What its page says against the portal's list; absent where nobody looked, or the page says nothing of it. */
  readonly page?: 'agrees' | 'contradicts' | undefined;
  /** Absent where nobody examined it; `invalid` where its annotation is over, or its signer is not in order. */
  readonly verification?: Verification | undefined;
  /** Why it would have been refused, had the caller not wanted it all the same. */
  readonly fault?: ReasonCode | undefined;
}

/** A PDF as it is in a folder at one moment. */
export interface Arrival {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** Says what the bytes of a file prove. Never rejects. */
export type Examine = (bytes: Uint8Array) => Promise<Verification>;

export type OpenFile = (resume?: { start: number; etag: string }) => Promise<FileAnswer>;

export interface SaveFileOptions {
  /** Whether a file that is there gives way. */
  readonly force: boolean;
  /** Looks at the file before it appears; left out, nobody does. */
  readonly examine?: Examine | undefined;
  /** Whether a file that fails the examination twice is saved all the same; left out, it is kept aside. */
  readonly keepUnverified?: boolean | undefined;
  /** Hears of the file before it takes the place of another one: when it fails, nothing is replaced. */
  readonly announce?: (file: Omit<SavedFile, 'outcome'>) => Promise<void>;
}

/**
 * A path that a person names may begin with `~` for the home folder, and stand in quotation marks: what is there under
 * that very name is always meant first. What is no path is CertError PATH_INVALID.
 */
export interface Files {
  /** The absolute path that a person means. */
  absolute(path: string): string;
  /**
   * The file for `output` (a file, a folder, or undefined for the working folder) and a proposed name. An output that is
   * not there yet is a folder for a proposed PDF, unless it ends in `.pdf` too.
   */
  target(output: string | undefined, name: string): SaveTarget;
  /** Whether a file is what `output` means: the file itself, or one in that folder. */
  isAt(path: string, output: string): boolean;
  /** Whether anything is at that place. */
  isThere(target: SaveTarget): Promise<boolean>;
  /** The bytes of a file that was saved. */
  contents(path: string): Promise<Uint8Array>;
  /** Tries whether a file can be saved there. @throws CertError FILE_EXISTS, FILE_NOT_WRITABLE */
  ensureWritable(target: SaveTarget, options: { force: boolean }): Promise<void>;
  /**
   * Saves a PDF whole or not at all. One that was changed on its way, or fails the examination, is fetched once more;
   * the second copy is kept beside the target, under a name that no reader opens as a PDF.
   * @throws CertError FILE_EXISTS, FILE_NOT_WRITABLE, FILE_DAMAGED, FILE_NOT_VERIFIED; what `announce` throws
   */
  save(target: SaveTarget, open: OpenFile, options: SaveFileOptions): Promise<SavedFile>;
  /** Writes a text whole or not at all. @throws CertError FILE_EXISTS, FILE_NOT_WRITABLE */
  write(target: SaveTarget, text: string, options: { force: boolean }): Promise<void>;
  /** The whole file in memory, checked in the same way; nothing is kept. @throws CertError FILE_DAMAGED, FILE_NOT_VERIFIED */
  read(open: OpenFile, examine?: Examine): Promise<Uint8Array>;
  /**
   * The PDFs that a path means: the file itself, or all `*.pdf` in the folder and below it, in the order of their
   * names. Links to folders are not followed. `*` and `?` stand for what a shell would make of them.
   * @throws CertError FILE_NOT_FOUND, FILE_NOT_READABLE, NO_PDF_FOUND
   */
  pdfs(path: string): Promise<string[]>;
  /** The folder into which browsers save. @throws CertError ENVIRONMENT_INVALID */
  downloadsFolder(): string;
  /** The PDFs in a folder, not below it, at this moment. @throws CertError FILE_NOT_FOUND, FILE_NOT_READABLE */
  pdfsIn(folder: string): Promise<Arrival[]>;
  /** A file's bytes, no more than `mostBytes` of them. @throws CertError FILE_NOT_FOUND, FILE_NOT_READABLE */
  load(path: string, mostBytes: number): Promise<Uint8Array>;
  /** A private folder for files that a viewer reads. */
  viewFolder(): string;
  /** A private file in it, for as long as a person looks at it. The extension says what a picture is (PNG, JPEG). */
  temporary(name: string, contents: Uint8Array): Promise<{ path: string; remove(): Promise<void> }>;
}
