/** Whether a shell takes a word as it is: only such a one is shown as part of a command, lest it is another command. */
export const isShellWord = (word: string): boolean => /^[\w.@:/%-]+$/.test(word);
