/** The file by which a folder that `cert` made is told from one that was there. */
export const FOLDER_MARK = '.cert';

/** What stands in it. */
export const FOLDER_MARK_TEXT =
  'This folder was made by cert, and `cert logout --all --purge` removes it with all that is in it.\n';

export const isFolderMark = (text: string): boolean => text === FOLDER_MARK_TEXT;
