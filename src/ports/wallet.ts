/** What this machine knows of the files that `cert` saved. Interfaces only. */

export interface SavedRecord {
  readonly portal: string;
  readonly certificateId: string;
  readonly qualification: string;
  /** Null where the certificate needs no annotation. */
  readonly annotationId: string | null;
  /** Absolute. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  /** The last day on which it may be used; null where nothing limits it. */
  readonly validUntil: string | null;
  readonly savedAt: string;
}

/** `changed`: other bytes are there now; `missing`: moved or deleted. */
type FileState = 'good' | 'changed' | 'missing';

export interface Wallet {
  /** Remembers a file; what was known of the same path is forgotten. @throws CertError FILE_NOT_WRITABLE, CONFIG_INVALID */
  remember(record: SavedRecord): Promise<void>;
  /** All files of a portal, the latest saved first. @throws CertError CONFIG_INVALID */
  records(portal: string): Promise<SavedRecord[]>;
  stateOf(record: SavedRecord): Promise<FileState>;
}
