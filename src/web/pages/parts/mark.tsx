// The sign of the house: a section sign drawn as two halves that hold each other, the policy and the service.
export const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
    <rect class="mark-ground" width="32" height="32" rx="8" />
    <path
      class="mark-line"
      d="M20.4 9.6C19.6 7.6 17.9 6.8 16 6.8c-2.6 0-4.5 1.4-4.5 3.5 0 5 9 4.2 9 9.2 0 1.7-1.2 2.9-2.9 3.2"
    />
    <path
      class="mark-line"
      d="M11.6 22.4c.8 2 2.5 2.8 4.4 2.8 2.6 0 4.5-1.4 4.5-3.5 0-5-9-4.2-9-9.2 0-1.7 1.2-2.9 2.9-3.2"
    />
  </svg>
);
