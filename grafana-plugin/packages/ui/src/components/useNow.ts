import { useEffect, useState } from 'react';

/** The time, anew each `step` milliseconds while the page is seen. */
export function useNow(step: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, step);
    return () => clearInterval(timer);
  }, [step]);
  return now;
}
