"""What the words mean: the OWL model, the SHACL shapes and the SKOS schemes, all in Turtle.

The Python here is a thin face: names (:mod:`ontology.names`), the schemes as a vocabulary that
labels can be looked up in (:mod:`ontology.vocabulary`) and validation (:mod:`ontology.shapes`).
"""
