import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import {
  attachClosestEdge,
  type Edge,
  extractClosestEdge,
} from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge";
import { getReorderDestinationIndex } from "@atlaskit/pragmatic-drag-and-drop-hitbox/util/get-reorder-destination-index";
import { type RefObject, useEffect, useState } from "react";

/** How a step stands in a drag: it is the one dragged, or one would come to stand above or below it. */
export type DragState = "still" | "dragged" | Edge;

/** Lets a card be taken by its handle and be a place to drop another at. */
export function useStepDrag(
  stepKey: string,
  card: RefObject<HTMLElement | null>,
  handle: RefObject<HTMLElement | null>,
): DragState {
  const [state, setState] = useState<DragState>("still");
  useEffect(() => {
    const element = card.current;
    const dragHandle = handle.current;
    if (element === null || dragHandle === null) return;
    return combine(
      draggable({
        element,
        dragHandle,
        getInitialData: () => ({ stepKey }),
        onDragStart: () => setState("dragged"),
        onDrop: () => setState("still"),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => typeof source.data["stepKey"] === "string" && source.data["stepKey"] !== stepKey,
        getData: ({ input }) => attachClosestEdge({ stepKey }, { element, input, allowedEdges: ["top", "bottom"] }),
        onDrag: ({ self }) => setState(extractClosestEdge(self.data) ?? "still"),
        onDragLeave: () => setState("still"),
        onDrop: () => setState("still"),
      }),
    );
  }, [stepKey, card, handle]);
  return state;
}

/** Tells where a dragged step was dropped: the place that it has afterwards. */
export function useStepDrops(keys: readonly string[], onMove: (key: string, to: number) => void): void {
  useEffect(
    () =>
      monitorForElements({
        onDrop: ({ source, location }) => {
          const target = location.current.dropTargets[0];
          const [moved, on] = [source.data["stepKey"], target?.data["stepKey"]];
          if (target === undefined || typeof moved !== "string" || typeof on !== "string") return;
          const to = getReorderDestinationIndex({
            startIndex: keys.indexOf(moved),
            indexOfTarget: keys.indexOf(on),
            closestEdgeOfTarget: extractClosestEdge(target.data),
            axis: "vertical",
          });
          onMove(moved, to);
        },
      }),
    [keys, onMove],
  );
}
