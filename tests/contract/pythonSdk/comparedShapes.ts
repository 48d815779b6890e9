// The shapes that the tests compare with: the committed ones, or those of the SDK that main.ts compares.
import { type DeclaredShapes, otherShapesVariable, readShapes, shapesFile } from "./declaredShapes";

export const declared = readShapes(process.env[otherShapesVariable] ?? shapesFile);

/** The committed file, whatever is compared: what a newer SDK adds is a warning of main.ts until it is taken over here. */
export const committed: DeclaredShapes = readShapes(shapesFile);
