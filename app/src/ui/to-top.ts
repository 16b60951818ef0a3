/** Shows the top of the page again when what stands there has changed by itself: an answer has come, a step was taken. */

import { useEffect, useRef } from "preact/hooks";

export function useTopWhen(key: string | null): void {
  const before = useRef(key);
  useEffect(() => {
    const was = before.current;
    before.current = key;
    if (was !== null && key !== null && was !== key) document.querySelector("main")?.scrollTo(0, 0);
  }, [key]);
}
