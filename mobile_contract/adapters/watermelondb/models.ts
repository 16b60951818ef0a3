/** A model class a kind, with the contract's fields and types: `record.languages = ["en"]` inside an update. */

import { Model } from "@nozbe/watermelondb";
import type { Class } from "@nozbe/watermelondb/types";
import type { Docs, Kind } from "../../generated/contract.ts";
import type { Json } from "../../typescript/sync/wire.ts";
import { cellOf, columnsOf, valueOf, type Column } from "./columns.ts";

/** A record: WatermelonDB's model with the fields of the contract, times as text and sets as lists. */
export type KithModel<K extends Kind> = Model & Docs[K];

/** The model of a kind. Extend it for what an app adds: `class Person extends kithModel("person") { … }`. */
export function kithModel<K extends Kind>(kind: K): new (...given: ConstructorParameters<typeof Model>) => KithModel<K> {
  const named = class extends Model {
    static override table = kind;
  };
  for (const column of columnsOf(kind)) {
    if (column.name in Model.prototype) throw new Error(`WatermelonDB keeps the name ${column.name} for itself`);
    Object.defineProperty(named.prototype, column.name, accessor(column));
  }
  return named as unknown as new (...given: ConstructorParameters<typeof Model>) => KithModel<K>;
}

/** The models of many kinds, for `new Database({ modelClasses })`. */
export function kithModels(kinds: readonly Kind[]): Class<Model>[] {
  return kinds.map((kind) => kithModel(kind) as unknown as Class<Model>);
}

function accessor(column: Column): PropertyDescriptor {
  return {
    configurable: true,
    enumerable: true,
    get(this: Model) {
      return valueOf(column, this._getRaw(column.name) as never);
    },
    set(this: Model, value: Json) {
      this._setRaw(column.name, cellOf(column, value));
    },
  };
}
