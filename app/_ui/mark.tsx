/** The Plimsoll mark: a ring crossed by the load line. Drawn in the colour of the text. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <circle cx="10" cy="10" r="7" stroke="currentColor" strokeWidth="1.8" />
      <path d="M0.5 10h19" stroke="currentColor" strokeWidth="1.8" />
    </svg>
  );
}
