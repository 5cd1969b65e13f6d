/** Says what calls that are not made cost those that still are. */
export const unsentSentence =
  'A call that is not made does not renew the prompt cache: the next one sends what it would have written, and reads nothing where it comes too late. A session can so cost more than today.';
