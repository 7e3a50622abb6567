/** What cancelling means, in the words of every dialog that offers it. */
export function CancelConsequences() {
  return (
    <p>
      The provider stops as soon as it can. Requests that it has already answered stay answered and may be
      charged. A cancelled job cannot be resumed.
    </p>
  );
}
