/** What `cert` leaves on this machine besides secrets and saved PDFs. */
export interface LocalData {
  /** The folders of settings and state. */
  readonly folders: readonly string[];
  /** Applications whose outcome is open; a journal that cannot be read counts as one. */
  openApplications(): Promise<number>;
  /**
   * Erases settings and state. What `cert` did not make stays, and so does what a symbolic link points to. Gives the
   * paths that have one of our names and stay.
   * @throws CertError CERTIFICATE_BUSY while another `cert` is at work, FILE_NOT_WRITABLE
   */
  erase(): Promise<string[]>;
}
