/** A postcode to measure from: of somebody on the phone, kept in the memory of this page alone. */

import { useEffect } from "preact/hooks";
import { findPlace } from "../../data/places.ts";
import { type Place, readPostcode } from "../../logic/postcode.ts";
import { useAccount, useReach } from "../../ui/context.ts";
import { useKept } from "../../ui/kept.ts";
import { TextField } from "../../ui/fields.tsx";
import { t } from "../../words/t.ts";

export interface Near {
  readonly typed: string;
  readonly type: (text: string) => void;
  readonly place: Place | null;
  /** A whole postcode was typed that this phone does not know. */
  readonly isUnknown: boolean;
}

export function useNear(): Near {
  const { kith } = useReach();
  const { districts } = useAccount();
  const [typed, type] = useKept("near-typed", "");
  const [found, setFound] = useKept<{ readonly text: string; readonly place: Place | null } | null>("near-found", null);
  const postcode = readPostcode(typed);
  useEffect(() => {
    if (!postcode) return;
    let isStill = true;
    void findPlace(kith, postcode, districts).then((place) => void (isStill && setFound({ text: postcode.text, place })));
    return () => void (isStill = false);
  }, [postcode?.text, districts.join(" ")]);
  const isFound = postcode !== null && found?.text === postcode.text;
  return { typed, type, place: isFound ? found.place : null, isUnknown: isFound && found.place === null };
}

export function NearField({ near }: { readonly near: Near }) {
  return (
    <TextField
      id="near" label={t("shortlist.directory.near")} width={10} maxLength={8} value={near.typed} onChange={near.type}
      error={near.isUnknown ? t("shortlist.directory.nearWrong") : undefined}
    />
  );
}
