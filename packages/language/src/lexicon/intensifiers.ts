/** Says "very much" beside any condition and changes nothing about it; a pattern of the lexicon. */
export const intensifier =
  "(like (crazy|mad|hell|heck|anything|nothing else|no other|no tomorrow|there is no tomorrow|nobody 's business|flies|clockwork|a (maniac|madman|beast|stone|rock|brick))|as (hell|heck|fuck|anything)|af|big time)";
