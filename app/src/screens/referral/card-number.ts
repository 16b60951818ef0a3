/** The number under which the worker of a card can be rung: what they typed last, else that of whoever runs their team. */

import { useEffect, useState } from "preact/hooks";
import { useList, useReach } from "../../ui/context.ts";

const NAME = "card-number";

export function useCardNumber(teamId: string | undefined): readonly [string, (number: string) => void] {
  const { kith } = useReach();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const runner = useList("team").find(({ id }) => id === teamId)?.doc.organisation_id;
  const known = useList("organisation").find(({ id }) => id === runner)?.doc.phone;
  useEffect(() => {
    void kith.kept.get<string>(NAME).then((number) => setTyped((now) => now ?? number));
  }, []);
  const set = (number: string): void => {
    setTyped(number);
    void kith.kept.put(NAME, number);
  };
  return [typed ?? known ?? "", set];
}
