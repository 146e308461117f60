"""A naive reading of the design, kept apart from the engine: only syntax trees and the reading of cells are shared."""
