/** What this machine knows of the files that `cert` saved. */
import type { Verdict } from '../domain/verification.ts';

export interface SavedRecord {
  /** As `portalIdentity` names it. */
  readonly portal: string;
  readonly certificateId: string;
  readonly qualification: string;
  /** Null, like the scenario, where the certificate needs no annotation. */
  readonly annotationId: string | null;
  readonly scenario: string | null;
  /** Absolute. */
  readonly path: string;
  /** Whether the person named this very file, not only its folder: then a newer copy takes its place. */
  readonly named: boolean;
  readonly sha256: string;
  readonly bytes: number;
  /** The last day on which it may be used; null where nothing limits it. */
  readonly validUntil: string | null;
  readonly savedAt: string;
  /** It was taken in by hand; absent where `cert` saved it. Then no portal is known, and `portal` says `import`. */
  readonly via?: 'import' | undefined;
  /** As its page says; kept to tell certificates of several people apart, and shown masked only. */
  readonly holderName?: string | undefined;
  /** What its signature proved when it was saved; absent where it was not examined. */
  readonly verdict?: Verdict | undefined;
}

/** `moved`: found under another name in its folder; `changed`: other bytes are there now; `missing`: it is not there. */
export type FileState = 'good' | 'moved' | 'changed' | 'missing';

export interface WalletFile extends SavedRecord {
  readonly state: FileState;
}

export interface Wallet {
  /** Tries whether it can be read and changed. Leaves nothing behind. @throws CertError FILE_NOT_WRITABLE, CONFIG_INVALID */
  ensureWritable(): Promise<void>;
  /**
   * Notes a file that is about to take the place of another one: from then on either of the two may be there.
   * @throws CertError FILE_NOT_WRITABLE, CONFIG_INVALID
   */
  announce(record: SavedRecord): Promise<void>;
  /**
   * Remembers a file; what was known of the same path, and of the copy that it replaced, is forgotten.
   * @throws CertError FILE_NOT_WRITABLE, CONFIG_INVALID
   */
  remember(record: SavedRecord, replaced?: WalletFile): Promise<void>;
  /** The remembered files, as they are now, the latest saved first. @throws CertError CONFIG_INVALID */
  files(which: (record: SavedRecord) => boolean): Promise<WalletFile[]>;
}
