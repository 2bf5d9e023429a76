/** The product's mark: a stream. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true">
      <rect width="48" height="48" rx="10" fill="#1b6b4c" />
      <path
        d="M8 17c7-7 13 7 20 0s9-4 12 0M8 25c7-7 13 7 20 0s9-4 12 0M8 33c7-7 13 7 20 0s9-4 12 0"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  );
}
