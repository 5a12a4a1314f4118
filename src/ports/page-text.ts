/** What stands on the pages of a PDF, as far as it is text. */
export interface PageText {
  /**
   * The text of the first pages, a line for each row of the page; undefined where there is none to read (a scan, a file
   * that is damaged, one that asks for a password), or reading it takes too much time or memory. Never rejects: a
   * second or so for the first file, at most 8 s for any. At most 20,000 characters.
   */
  read(bytes: Uint8Array): Promise<string | undefined>;
}
