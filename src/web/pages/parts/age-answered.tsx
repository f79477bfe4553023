// Carries the answer to the question of age from its page to the form behind it (C11).

export const AgeAnswered = ({ ticket }: { ticket?: string | null | undefined }) =>
  ticket ? <input type="hidden" name="age-answered" value={ticket} /> : null;
